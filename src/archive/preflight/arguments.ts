import { commandLine, InputError, listOptions, type Options, type ParsedArguments, parseOptions } from '../../core'
import { SHARED_OPTIONS } from '../options'
import { readSelection } from '../select'

/** What the command line says. */
export type Arguments = ReturnType<typeof toArguments>

/** The options of preflight. `npm run docs` copies them to docs/preflight.md. */
export const OPTIONS = {
  report: {
    value: 'FILE.html',
    does: 'Writes the report as one HTML page. It needs no network and contains no script'
  },
  json: { does: 'Prints the report as JSON on standard output' },
  baseline: {
    value: 'FILE.json',
    does: 'Says what changed since an earlier report, which was written with `--json`. The exit code is 1 only for what is new or worse'
  },
  junit: {
    value: 'FILE.xml',
    does: 'Writes a JUnit report with a test case for each check. Those that lose money or data have failed'
  },
  cases: {
    value: 'DIR',
    does: 'Writes for each finding a file with the calls of its newest cases and of their users, to [look at them](diagnosis.md#look-at-the-cases) in the workbench'
  },
  attribution: {
    value: 'FILE',
    does: 'Your [attribution settings](sandbox.md#attribution), as JSON: `{"listings": {"windowDays": 7}}`. Default: 14 days'
  },
  ...SHARED_OPTIONS,
  split: {
    value: 'N',
    does: 'Splits the archive by person into N parts, instead of reading it. Each part is an archive that preflight and replay can read'
  },
  out: { value: 'DIR', does: 'Where the parts go: a folder, or s3://bucket/prefix' },
  merge: { does: 'Merges the reports of all parts, which were written with `--json`. PATH... are these reports' }
} as const satisfies Options

export const USAGE = `Usage: ${commandLine('preflight', 'PATH... [options]')}

Says what a Segment archive would become at Topsort. Sends nothing.

PATH is a folder, a file, a pattern, s3://bucket/prefix, or - for standard input.

${listOptions(OPTIONS)}

Exit code: 0, or 1 if money or data is lost (with --baseline: only what is new or worse), 2 if the command is not right
or nothing can be read, 3 if it stopped before it was done.`

/**
 * Reads the command line of preflight.
 *
 * @throws InputError that says what to change
 */
export function readArguments(args: readonly string[]): Arguments | 'help' {
  const parsed = parseOptions(OPTIONS, args)
  return parsed.isHelp ? 'help' : toArguments(parsed)
}

/**
 * Checks a parsed command line of preflight.
 *
 * @throws InputError that says what to change
 */
export function toArguments({ values, given, positionals }: ParsedArguments<typeof OPTIONS>) {
  if (positionals.length === 0) throw new InputError('Which archive? Give a folder, a file or s3://bucket/prefix.')
  if (values.out !== undefined && values.split === undefined)
    throw new InputError('--out is for the parts of --split N.')
  if (values.cases !== undefined && values.merge)
    throw new InputError(
      '--cases reads the archive, and --merge reads only reports. Give --cases when you read a part.'
    )
  return {
    ...values,
    inputs: positionals,
    /** Into how many parts the archive is split, and where they go, instead of reading it. */
    split: values.split === undefined ? undefined : readSplit(values.split, values.out, given),
    selection: readSelection(values),
    asSegmentReplay: values['as-segment-replay']
  }
}

/** Each part has a buffer. */
const MAX_PARTS = 1_000

/** The options that a split obeys. */
const SPLIT_OPTIONS = ['split', 'out', 'from', 'to', 'source', 'endpoint']

function readSplit(text: string, out: string | undefined, given: readonly string[]): { of: number; out: string } {
  const of = Number(text)
  if (!/^\d+$/.test(text) || of < 1 || of > MAX_PARTS) {
    throw new InputError(`--split ${text} is not a number of parts from 1 to ${MAX_PARTS}.`)
  }
  if (out === undefined) throw new InputError('--out is missing. Name the folder for the parts, or s3://bucket/prefix.')
  const foreign = given.find((name) => !SPLIT_OPTIONS.includes(name))
  if (foreign !== undefined) throw new InputError(`--${foreign} is for reading the parts. Leave it out of --split.`)
  return { of, out }
}
