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
  parseOptions,
  toColumns
} from '../core'
import { readFilters } from '../pipeline'
import type { Tls } from './net/listen'
import type { WorkbenchOptions } from './server'
import { type OpenedCalls, parseCalls } from './state/opened-calls'
import { MAX_STATE_BYTES } from './state/read-state'

/** The options of the command line and the environment. */
export type Arguments = Pick<WorkbenchOptions, 'liveKey' | 'topsort' | 'state' | 'tls'> &
  Required<Pick<WorkbenchOptions, 'port' | 'keep' | 'strictBids' | 'lenient'>> & {
    /** The text of destination filters. */
    filters?: string
    /** Segment calls to start with. */
    calls?: OpenedCalls
    openBrowser: boolean
  }

export const DEFAULT_PORT = '3000'

const DEFAULT_KEEP = '10000'

/** With more, the lists alone would fill the memory. */
const MAX_KEEP = 1_000_000

const MAX_PORT = 65_535

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
 * @throws InputError in one line that says what to do
 */
export function readArguments(args: string[], env: NodeJS.ProcessEnv): Arguments | 'help' {
  const { isHelp, values } = parse(args)
  const { live, keep, lenient, 'strict-bids': strictBids, 'open-browser': openBrowser } = values
  if (isHelp) return 'help'
  if (live && (strictBids || lenient)) {
    const option = strictBids ? '--strict-bids' : '--lenient'
    throw new InputError(`${option} changes the sandbox, and --live has none. Use only one of them.`)
  }
  const folder = callerFolder(env)
  const files = [values.open, values.filters, values.cert, values.key]
  const [open, filters, cert, key] = files.map((file) => file && path.resolve(folder, file))
  const opened = open === undefined ? {} : readOpened(open)
  if (live && opened.calls) {
    throw new InputError('--open has Segment calls, and --live would bill them again. Use only one of them.')
  }
  const topsortKey = (env.TOPSORT_API_KEY ?? '').trim()
  if (live && topsortKey === '') {
    const example = `TOPSORT_API_KEY=TSE_... ${commandLine('start', '--live')}`
    throw new InputError(`--live needs a Marketplace API key: ${example}`)
  }
  return {
    port: readNumber('PORT', env.PORT ?? DEFAULT_PORT, [0, MAX_PORT], `PORT=${DEFAULT_PORT} ${commandLine('start')}`),
    keep: readNumber('--keep', keep, [1, MAX_KEEP], commandLine('start', `--keep ${DEFAULT_KEEP}`)),
    strictBids,
    lenient,
    openBrowser,
    ...opened,
    filters: filters === undefined ? undefined : readFiltersFile(filters),
    liveKey: live ? topsortKey : undefined,
    // A key without --live lets a person send single deliveries to Topsort.
    topsort: live || topsortKey === '' ? undefined : { key: topsortKey },
    tls: cert === undefined && key === undefined ? undefined : readTls(cert, key)
  }
}

function parse(args: string[]) {
  const problem = `Invalid options: ${args.join(' ')}. For help: ${commandLine('start', '--help')}`
  try {
    const parsed = parseOptions(OPTIONS, args)
    if (parsed.positionals.length === 0) return parsed
  } catch {
    throw new InputError(problem)
  }
  throw new InputError(problem)
}

/** @param example a command with a number that fits */
function readNumber(name: string, text: string, [least, most]: [number, number], example: string): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least && number <= most) return number
  throw new InputError(`${name} must be a whole number from ${least} to ${most}: ${example}`)
}

function readTls(cert: string | undefined, key: string | undefined): Tls {
  if (cert === undefined || key === undefined) {
    const example = commandLine('start', '--cert FILE --key FILE')
    throw new InputError(`HTTPS needs both a certificate and its key: ${example}`)
  }
  const tls = { cert: readFile('--cert', cert), key: readFile('--key', key) }
  explain('--cert and --key must be a certificate in PEM and its own key: ', () => createSecureContext(tls))
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
  const problem = `--open needs a file that GET /workbench/state has answered, or Segment calls in JSON Lines. This one is neither: ${file}. `
  return { calls: explain(problem, () => parseCalls(text)) }
}

function checkStateSize(file: string): void {
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (bytes <= MAX_STATE_BYTES) return
  throw new InputError(
    `--open needs a file of at most ${MAX_STATE_BYTES / 1_000_000} MB. This one has ${Math.ceil(bytes / 1_000_000)} MB: ${file}. Save the state of a workbench with a smaller --keep.`
  )
}

/** Returns the text of a file, after checking that its filters can be read. */
function readFiltersFile(file: string): string {
  const text = readFile('--filters', file)
  explain('--filters: ', () => readFilters(text))
  return text
}

function readFile(option: string, file: string): string {
  return explain(`${option} cannot be read: `, () => readFileSync(file, 'utf8'))
}

/** Runs `act`. Its errors get the start of their message from `problem`. */
function explain<Result>(problem: string, act: () => Result): Result {
  try {
    return act()
  } catch (error) {
    throw new InputError(`${problem}${(error as Error).message}`, { cause: error })
  }
}
