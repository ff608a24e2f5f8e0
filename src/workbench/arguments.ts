import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { createSecureContext } from 'node:tls'
import {
  callerFolder,
  commandLine,
  InputError,
  isObject,
  listOptions,
  type Options,
  type ParsedArguments,
  parseOptions,
  toColumns
} from '../core'
import { readFilters } from '../pipeline'
import type { Tls } from './net/listen'
import type { TopsortAccess } from './net/send-to-topsort'
import { type OpenedCalls, parseCalls } from './state/opened-calls'
import { MAX_STATE_BYTES } from './state/read-state'

/** A mistake of the person at the terminal. Its message is one line that says what to do. */
export class UsageError extends Error {}

/** The options of the command line and the environment. */
export type Arguments = {
  port: number
  keep: number
  strictBids: boolean
  lenient: boolean
  liveKey?: string
  topsort?: TopsortAccess
  /** The parsed JSON of a saved state. */
  state?: unknown
  /** Segment calls to start with. */
  calls?: OpenedCalls
  /** The text of destination filters. */
  filters?: string
  openBrowser: boolean
  tls?: Tls
}

export const DEFAULT_PORT = '3000'

const DEFAULT_KEEP = '10000'

/** With more, the lists alone would fill the memory. */
const MAX_KEEP = 1_000_000

/** The options of `start`. `npm run docs` copies them to docs/workbench.md. */
export const OPTIONS = {
  'open-browser': { does: 'Opens the page' },
  open: {
    value: 'FILE',
    does: 'Continues from a [saved state](#save-and-open-a-case), or starts with Segment calls in JSON Lines, such as the [cases](diagnosis.md#look-at-the-cases) that preflight writes'
  },
  filters: {
    value: 'FILE',
    does: "Starts with your [destination filters](#destination-filters): the answer of Segment's Public API. They replace those of a saved state"
  },
  keep: { value: 'N', default: DEFAULT_KEEP, does: 'Keeps the newest N deliveries, and events of each type' },
  'strict-bids': { does: 'Refuses bids that no auction of the sandbox gave, from the start' },
  lenient: {
    does: "Accepts events with keys that Topsort's contract does not have, and warns about them. By default, the sandbox refuses them"
  },
  cert: {
    value: 'FILE',
    does: 'Speaks [HTTPS](#https) with this certificate, for SDKs that need it. Needs `--key`'
  },
  key: { value: 'FILE', does: 'The key of the certificate' },
  live: {
    does: 'Delivers **everything** to Topsort itself, where events are billed. There is no sandbox then. Needs `TOPSORT_API_KEY`'
  }
} as const satisfies Options

/** The environment variables of `start`. `npm run docs` copies them to docs/workbench.md. */
export const VARIABLES = {
  PORT: `Sets another port. Default: ${DEFAULT_PORT}`,
  TOPSORT_API_KEY:
    'Lets the page [send single events to Topsort itself](#send-one-event-to-topsort-itself), after a confirmation'
}

export const HELP = `Usage: [PORT=${DEFAULT_PORT}] ${commandLine('start', '[options]')}

Starts the workbench, which takes the place of Segment and Topsort on this machine. Its page shows what becomes of each event.

${listOptions(OPTIONS)}

Environment variables:

${toColumns(Object.entries(VARIABLES))}`

/**
 * Reads the command line and the environment of `start`.
 *
 * @throws UsageError
 */
export function readArguments(args: string[], env: NodeJS.ProcessEnv): Arguments | 'help' {
  const { isHelp, values } = parse(args)
  const { live, cert, key, keep, lenient, open, filters } = values
  const { 'strict-bids': strictBids, 'open-browser': openBrowser } = values
  if (isHelp) return 'help'
  const folder = callerFolder(env)
  if (live && (strictBids || lenient)) {
    const option = strictBids ? '--strict-bids' : '--lenient'
    throw new UsageError(`${option} changes the sandbox, and --live has none. Use only one of them.`)
  }
  const opened = open === undefined ? {} : readOpened(path.resolve(folder, open))
  if (live && opened.calls) {
    throw new UsageError('--open has Segment calls, and --live would bill them again. Use only one of them.')
  }
  return {
    port: readPort(env.PORT ?? DEFAULT_PORT),
    keep: readKeep(keep),
    strictBids,
    lenient,
    openBrowser,
    ...opened,
    ...(filters !== undefined && { filters: readFiltersFile(path.resolve(folder, filters)) }),
    ...(live ? { liveKey: readLiveKey(env.TOPSORT_API_KEY ?? '') } : readAccess(env.TOPSORT_API_KEY ?? '')),
    ...((cert !== undefined || key !== undefined) && { tls: readTls(cert, key, folder) })
  }
}

function parse(args: string[]): ParsedArguments<typeof OPTIONS> {
  const problem = `Invalid options: ${args.join(' ')}. For help: ${commandLine('start', '--help')}`
  try {
    const parsed = parseOptions(OPTIONS, args)
    if (parsed.positionals.length === 0) return parsed
  } catch {
    throw new UsageError(problem)
  }
  throw new UsageError(problem)
}

function readPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new UsageError(`PORT must be a whole number from 0 to 65535: PORT=${DEFAULT_PORT} ${commandLine('start')}`)
  }
  return port
}

function readKeep(text: string): number {
  const keep = Number(text)
  if (!/^\d+$/.test(text) || keep < 1 || keep > MAX_KEEP) {
    throw new UsageError(
      `--keep must be a whole number from 1 to ${MAX_KEEP}: ${commandLine('start', `--keep ${DEFAULT_KEEP}`)}`
    )
  }
  return keep
}

function readLiveKey(text: string): string {
  const key = text.trim()
  if (!key) {
    throw new UsageError(
      `--live needs a Marketplace API key: TOPSORT_API_KEY=TSE_... ${commandLine('start', '--live')}`
    )
  }
  return key
}

/** A key without --live lets a person send single deliveries to Topsort. */
function readAccess(text: string): { topsort?: TopsortAccess } {
  const key = text.trim()
  return key ? { topsort: { key } } : {}
}

/** Reads the options. @param from the folder where the names of files start */
function readTls(cert: string | undefined, key: string | undefined, from: string): Tls {
  if (cert === undefined || key === undefined) {
    throw new UsageError(
      `HTTPS needs both a certificate and its key: ${commandLine('start', '--cert FILE --key FILE')}`
    )
  }
  const tls = { cert: readFile('--cert', path.resolve(from, cert)), key: readFile('--key', path.resolve(from, key)) }
  try {
    createSecureContext(tls)
  } catch (error) {
    throw new UsageError(`--cert and --key must be a certificate in PEM and its own key: ${(error as Error).message}`)
  }
  return tls
}

/** Reads a saved state, or else Segment calls. What is in a state is checked when the workbench opens it. */
function readOpened(file: string): Pick<Arguments, 'state' | 'calls'> {
  checkStateSize(file)
  const text = readFile('--open', file)
  try {
    const state: unknown = JSON.parse(text)
    if (!isObject(state) || state.type === undefined) return { state }
  } catch {
    // JSON Lines are no JSON.
  }
  try {
    return { calls: parseCalls(text) }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new UsageError(
      `--open needs a file that GET /workbench/state has answered, or Segment calls in JSON Lines. This one is neither: ${file}. ${error.message}`
    )
  }
}

function checkStateSize(file: string): void {
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (bytes <= MAX_STATE_BYTES) return
  throw new UsageError(
    `--open needs a file of at most ${MAX_STATE_BYTES / 1_000_000} MB. This one has ${Math.ceil(bytes / 1_000_000)} MB: ${file}. Save the state of a workbench with a smaller --keep.`
  )
}

/** Returns the text of a file, after checking that its filters can be read. */
function readFiltersFile(file: string): string {
  const text = readFile('--filters', file)
  try {
    readFilters(text)
    return text
  } catch (error) {
    if (error instanceof InputError) throw new UsageError(`--filters: ${error.message}`)
    throw error
  }
}

function readFile(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${option} cannot be read: ${(error as Error).message}`)
  }
}
