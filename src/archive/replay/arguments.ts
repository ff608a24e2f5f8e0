import { parseArgs } from 'node:util'
import { commandLine, InputError } from '../../core'
import { readSelection, type Selection } from '../select'

/** What the command line and the environment say about a replay. */
export type Arguments = {
  inputs: string[]
  target: Target
  /** The API key. It is printed nowhere. */
  key: string
  /** Whether not to ask. */
  isConfirmed: boolean
  mappingsFile?: string
  filtersFile?: string
  selection: Selection
  asSegmentReplay: boolean
  endpoint?: string
  /** How old an event may be when the replay starts, in milliseconds. */
  maxAge?: number
  journal: string
  rejected?: string
  isResumed: boolean
  /** Events a second. */
  rate: number
  tries: number
  /** In milliseconds. */
  backOff: number
}

/** Where events go: to Topsort, where they are billed, or to a port of this machine in its place. */
export type Target = { kind: 'topsort' } | { kind: 'sandbox'; port: number }

/** Without a target, nothing is sent: what the arguments are for preflight. */
export type Command = { kind: 'help' } | { kind: 'preflight'; args: string[] } | ({ kind: 'replay' } & Arguments)

export const USAGE = `Usage: TOPSORT_API_KEY=TSE_... ${commandLine('replay', 'PATH... --to-topsort [options]')}

Delivers a Segment archive to Topsort. Without --to-topsort, it only says what would be delivered, as preflight does.

PATH is a folder, a file, a pattern or s3://bucket/prefix.

  --to-topsort         sends the events to Topsort, where they are billed
  --to-sandbox URL     sends them to a port of this machine instead, such as http://localhost:3000
  --yes                does not ask for the number of events
  --rate N             the most events a second, default 200
  --journal FILE       where to note what was sent, default replay.journal
  --resume             goes on with the journal, or starts if there is none
  --rejected FILE      where to write the events that are refused, default rejected.jsonl beside the journal
  --max-age 30d        leaves out older events: days (d) or hours (h)
  --tries N            how often a request is sent before the replay stops, default 8
  --back-off MS        the longest wait before the second try, default 1000. It doubles with each try, up to a minute

As in preflight:

  --mappings FILE      the customer's mappings: the answer of Segment's Public API, or Terraform. Default: the presets
  --filters FILE       the customer's destination filters: the answer of Segment's Public API
  --from DATE          events from this date or time on (UTC)
  --to DATE            events before this date or time (UTC)
  --source ID          events of this source only. Can be given several times
  --as-segment-replay  as Segment's Replay does: all events are meant for Topsort, and filters do not apply
  --shard 3/10         a tenth of the users only, for a job of ten
  --endpoint URL       a store that is compatible with S3

Exit code: 0 if every event was delivered, 1 if some were rejected, 2 if the command is not right, 3 if the replay had to
stop and can be resumed. docs/replay.md has the steps.`

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

const SHARED_OPTIONS = {
  mappings: text,
  filters: text,
  from: text,
  to: text,
  source: { type: 'string', multiple: true },
  'as-segment-replay': flag,
  shard: text,
  endpoint: text,
  help: { type: 'boolean', short: 'h' }
} as const

const PREFLIGHT_OPTIONS = { report: text, json: flag, workers: text, merge: flag } as const

const REPLAY_OPTIONS = {
  'to-topsort': flag,
  'to-sandbox': text,
  yes: flag,
  rate: text,
  journal: text,
  resume: flag,
  rejected: text,
  'max-age': text,
  tries: text,
  'back-off': text
} as const

/** A trial needs a key that the sandbox takes. */
const SANDBOX_KEY = 'TSE_sandbox'

/**
 * Reads the command line of a replay.
 *
 * @throws InputError that says what to change
 */
export function readCommand(args: readonly string[], env: NodeJS.ProcessEnv): Command {
  const { values, positionals, tokens } = parse(args)
  if (values.help) return { kind: 'help' }
  const target = readTarget(values['to-topsort'], values['to-sandbox'])
  if (!target) return { kind: 'preflight', args: withoutReplayOptions(tokens) }

  const foreign = Object.keys(PREFLIGHT_OPTIONS).find((name) => Object.hasOwn(values, name))
  if (foreign !== undefined) throw new InputError(`--${foreign} is an option of preflight. Run that first.`)
  if (positionals.length === 0) throw new InputError('Which archive? Give a folder, a file or s3://bucket/prefix.')
  if (positionals.includes('-')) {
    throw new InputError('Standard input cannot be read again after an interruption. Write it to a file first.')
  }
  const selection = readSelection(values)
  const maxAge = values['max-age']
  return {
    kind: 'replay',
    inputs: positionals,
    target,
    key: readKey(target, env.TOPSORT_API_KEY),
    isConfirmed: values.yes ?? false,
    mappingsFile: values.mappings,
    filtersFile: values.filters,
    selection,
    asSegmentReplay: values['as-segment-replay'] ?? false,
    endpoint: values.endpoint,
    ...(maxAge !== undefined && { maxAge: readAge(maxAge) }),
    journal: values.journal ?? 'replay.journal',
    rejected: values.rejected,
    isResumed: values.resume ?? false,
    rate: readNumber('--rate', values.rate ?? '200', 100_000),
    tries: readNumber('--tries', values.tries ?? '8', 1_000),
    backOff: readNumber('--back-off', values['back-off'] ?? '1000', 60_000)
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      tokens: true,
      options: { ...SHARED_OPTIONS, ...PREFLIGHT_OPTIONS, ...REPLAY_OPTIONS }
    })
  } catch (error) {
    throw new InputError((error as Error).message, { cause: error })
  }
}

/** What preflight does not know it need not know, because nothing is sent. */
function withoutReplayOptions(tokens: ReturnType<typeof parse>['tokens']): string[] {
  return tokens.flatMap((token) => {
    if (token.kind === 'positional') return [token.value]
    if (token.kind !== 'option' || Object.hasOwn(REPLAY_OPTIONS, token.name)) return []
    return token.value === undefined ? [`--${token.name}`] : [`--${token.name}=${token.value}`]
  })
}

function readTarget(toTopsort: boolean | undefined, sandbox: string | undefined): Target | undefined {
  if (toTopsort && sandbox !== undefined) {
    throw new InputError('--to-topsort sends to Topsort, and --to-sandbox does not. Use only one of them.')
  }
  if (toTopsort) return { kind: 'topsort' }
  return sandbox === undefined ? undefined : { kind: 'sandbox', port: readPort(sandbox) }
}

function readPort(url: string): number {
  const [, port] = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):(\d{1,5})\/?$/.exec(url) ?? []
  if (!port || Number(port) > 65_535) {
    throw new InputError(`--to-sandbox ${url} is not a port of this machine. Write http://localhost:3000.`)
  }
  return Number(port)
}

/** The messages do not quote the key. */
function readKey(target: Target, given = ''): string {
  const key = given.trim()
  if (target.kind === 'sandbox') return SANDBOX_KEY
  if (key === '') {
    throw new InputError(
      'TOPSORT_API_KEY is not set. It is the Marketplace API Key from Settings > API Integration in the Topsort Manager Platform.'
    )
  }
  if (!/^[\x21-\x7e]+$/.test(key)) throw new InputError('TOPSORT_API_KEY has characters that no key has.')
  return key
}

const UNITS: Record<string, number> = { d: 86_400_000, h: 3_600_000 }

function readAge(age: string): number {
  const [, count, unit] = /^(\d{1,6})([dh])$/.exec(age) ?? []
  if (!count || Number(count) < 1) throw new InputError(`--max-age ${age} is not an age. Write 30d or 12h.`)
  return Number(count) * UNITS[unit]
}

function readNumber(option: string, given: string, most: number): number {
  const number = Number(given)
  if (/^\d+$/.test(given) && number >= 1 && number <= most) return number
  throw new InputError(`${option} ${given} is not a whole number from 1 to ${most}.`)
}
