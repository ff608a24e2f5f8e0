import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createSecureContext } from 'node:tls'
import { parseArgs } from 'node:util'
import { callerFolder, commandLine } from '../core'
import type { Tls } from './net/listen'
import type { TopsortAccess } from './net/send-to-topsort'

/** A mistake of the person at the terminal. Its message is one line that says what to do. */
export class UsageError extends Error {}

/** What the command line and the environment say. */
export type Arguments = {
  port: number
  keep: number
  strictBids: boolean
  liveKey?: string
  topsort?: TopsortAccess
  /** The parsed JSON of a saved state. */
  state?: unknown
  openBrowser: boolean
  tls?: Tls
}

export const DEFAULT_PORT = '3000'

const DEFAULT_KEEP = '10000'

/** Of more, the lists alone would fill the memory. */
const MAX_KEEP = 1_000_000

export const HELP = `Usage: [PORT=${DEFAULT_PORT}] ${commandLine('start', '[options]')}

Starts the workbench, which takes the place of Segment and Topsort on this machine. Its page shows what becomes of each event.

  --open-browser       opens the page
  --keep N             how many deliveries, and events of each type, are kept. Default: ${DEFAULT_KEEP}
  --strict-bids        refuses bids that no auction of the sandbox gave, from the start
  --open FILE          continues from a saved state: an answer of GET /workbench/state
  --cert FILE          speaks HTTPS with this certificate. Needs --key
  --key FILE           the key of the certificate
  --live               delivers to Topsort itself, where events are billed. Needs TOPSORT_API_KEY

PORT sets another port. With TOPSORT_API_KEY and without --live, the page can send single events to Topsort.`

/** @throws UsageError */
export function readArguments(args: string[], env: NodeJS.ProcessEnv): Arguments | 'help' {
  const { help, live, cert, key, keep, 'strict-bids': strictBids, open, 'open-browser': openBrowser } = parse(args)
  if (help) return 'help'
  const folder = callerFolder(env)
  if (live && strictBids) {
    throw new UsageError('--strict-bids changes the sandbox, and --live has none. Use only one of them.')
  }
  return {
    port: readPort(env.PORT ?? DEFAULT_PORT),
    keep: readKeep(keep),
    strictBids,
    openBrowser,
    ...(open !== undefined && { state: readState(path.resolve(folder, open)) }),
    ...(live ? { liveKey: readLiveKey(env.TOPSORT_API_KEY ?? '') } : readAccess(env.TOPSORT_API_KEY ?? '')),
    ...((cert !== undefined || key !== undefined) && { tls: readTls(cert, key, folder) })
  }
}

function parse(args: string[]) {
  try {
    const options = {
      live: { type: 'boolean', default: false },
      cert: { type: 'string' },
      key: { type: 'string' },
      keep: { type: 'string', default: DEFAULT_KEEP },
      open: { type: 'string' },
      'open-browser': { type: 'boolean', default: false },
      'strict-bids': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false }
    } as const
    return parseArgs({ args, options }).values
  } catch {
    throw new UsageError(`Invalid options: ${args.join(' ')}. For help: ${commandLine('start', '--help')}`)
  }
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

/** @param from the folder where the names of files start */
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

/** Only reads JSON. What is in it is checked when the workbench opens it. */
function readState(file: string): unknown {
  const text = readFile('--open', file)
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError(`--open needs a file that GET /workbench/state has answered. This one is not JSON: ${file}`)
  }
}

function readFile(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${option} cannot be read: ${(error as Error).message}`)
  }
}
