import { commandLine, DAY, HOUR, InputError, MINUTE, listOptions, type Options, parseOptions } from '../../core'
import { SHARED_OPTIONS } from '../options'
import { OPTIONS as PREFLIGHT_OPTIONS } from '../preflight/arguments'
import { readSelection } from '../select'

/** Where events go: to Topsort, where they are billed, or to a port of this machine in its place. */
export type ReplayTarget = { kind: 'topsort' } | { kind: 'sandbox'; port: number }

/** What to do. Without a target, nothing is sent, and the command is one of preflight. */
export type Command = ReturnType<typeof readCommand>

/** What the command line and the environment say about a replay. */
export type Arguments = Extract<Command, { kind: 'replay' }>

const REPLAY_OPTIONS = {
  'to-topsort': { does: 'Sends the events to Topsort, where they are billed' },
  'to-sandbox': {
    value: 'URL',
    does: 'Sends them to a port of this machine instead, such as `http://localhost:3000`'
  },
  yes: { does: 'Does not ask for the number of events' },
  rate: {
    value: 'N',
    default: '200',
    does: 'The most events a second of this process. If N processes replay parts of an archive at once, give each the rate divided by N'
  },
  journal: { value: 'FILE', default: 'replay.journal', does: 'Where to note what was sent' },
  resume: { does: 'Goes on with the journal, or starts if there is none' },
  rejected: {
    value: 'FILE',
    does: 'Where to write the events that are refused. Default: rejected.jsonl beside the journal'
  },
  'max-age': { value: '30d', does: 'Leaves out older events: days (d) or hours (h)' },
  tries: { value: 'N', default: '8', does: 'How often a request is sent before the replay stops' },
  'back-off': {
    value: 'MS',
    default: '1000',
    does: 'The longest wait before the second try, in milliseconds. It doubles with each try, up to a minute'
  }
} as const satisfies Options

/** The options of a replay. `npm run docs` copies them to docs/replay.md. */
export const OPTIONS = { ...REPLAY_OPTIONS, ...SHARED_OPTIONS } as const satisfies Options

export const USAGE = `Usage: TOPSORT_API_KEY=TSE_... ${commandLine('replay', 'PATH... --to-topsort [options]')}

Delivers a Segment archive to Topsort. Without --to-topsort, it only says what would be delivered, as preflight does.

PATH is a folder, a file, a pattern or s3://bucket/prefix.

${listOptions(REPLAY_OPTIONS)}

As in preflight:

${listOptions(SHARED_OPTIONS)}

Exit code: 0 if every event was delivered, 1 if some were rejected, 2 if the command is not right, 3 if the replay had to
stop and can be resumed. docs/replay.md has the steps.`

/** The sandbox takes any key with this prefix. */
const SANDBOX_KEY = 'TSE_sandbox'

/**
 * Reads the command line of a replay.
 *
 * @throws InputError that says what to change
 */
export function readCommand(args: readonly string[], env: NodeJS.ProcessEnv) {
  const parsed = parseOptions({ ...PREFLIGHT_OPTIONS, ...OPTIONS }, args)
  const { isHelp, values, given, positionals } = parsed
  if (isHelp) return { kind: 'help' as const }
  const target = readTarget(values['to-topsort'], values['to-sandbox'])
  if (!target) {
    const own = Object.entries(values).filter(([name]) => Object.hasOwn(PREFLIGHT_OPTIONS, name))
    return { kind: 'preflight' as const, parsed: { ...parsed, values: Object.fromEntries(own) as typeof values } }
  }

  const foreign = given.find((name) => !Object.hasOwn(OPTIONS, name))
  if (foreign !== undefined) throw new InputError(`--${foreign} is an option of preflight. Run that first.`)
  if (positionals.length === 0) throw new InputError('Which archive? Give a folder, a file or s3://bucket/prefix.')
  if (positionals.includes('-')) {
    throw new InputError('Standard input cannot be read again after an interruption. Write it to a file first.')
  }
  const maxAge = values['max-age']
  return {
    kind: 'replay' as const,
    ...values,
    inputs: positionals,
    target,
    /** It is printed nowhere. */
    key: readKey(target, env.TOPSORT_API_KEY),
    selection: readSelection(values),
    asSegmentReplay: values['as-segment-replay'],
    /** How old an event may be when the replay starts, in milliseconds. */
    maxAge: maxAge === undefined ? undefined : readAge(maxAge),
    /** Events a second. */
    rate: readNumber('--rate', values.rate, 100_000),
    tries: readNumber('--tries', values.tries, 1_000),
    /** In milliseconds. */
    backOff: readNumber('--back-off', values['back-off'], MINUTE)
  }
}

function readTarget(toTopsort: boolean, sandbox: string | undefined): ReplayTarget | undefined {
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
function readKey(target: ReplayTarget, given = ''): string {
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

const UNITS: Record<string, number> = { d: DAY, h: HOUR }

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
