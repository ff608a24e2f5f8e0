import { commandLine, InputError, listOptions, type Options, type ParsedArguments, parseOptions } from '../../core'
import { SHARED_OPTIONS } from '../options'
import { readSelection, type Selection } from '../select'

/** What the command line says. */
export type Arguments = {
  inputs: string[]
  /** The reports to merge, instead of reading an archive. */
  isMerge: boolean
  /** Where the HTML report is written. */
  reportFile?: string
  isJson: boolean
  mappingsFile?: string
  filtersFile?: string
  selection: Selection
  asSegmentReplay: boolean
  endpoint?: string
}

/** The options of preflight. `npm run docs` copies them to docs/preflight.md. */
export const OPTIONS = {
  report: {
    value: 'FILE.html',
    does: 'Writes the report as one HTML page. It needs no network and contains no script'
  },
  json: { does: 'Prints the report as JSON on standard output' },
  ...SHARED_OPTIONS,
  merge: { does: 'Merges reports of parts, which were written with `--json`. PATH... are these reports' }
} as const satisfies Options

export const USAGE = `Usage: ${commandLine('preflight', 'PATH... [options]')}

Says what a Segment archive would become at Topsort. Sends nothing.

PATH is a folder, a file, a pattern, s3://bucket/prefix, or - for standard input.

${listOptions(OPTIONS)}

Exit code: 0, or 1 if a finding loses money, or 2 if the command is not right or nothing can be read.`

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
export function toArguments({ values, positionals }: ParsedArguments<typeof OPTIONS>): Arguments {
  if (positionals.length === 0) throw new InputError('Which archive? Give a folder, a file or s3://bucket/prefix.')
  return {
    inputs: positionals,
    isMerge: values.merge,
    reportFile: values.report,
    isJson: values.json,
    mappingsFile: values.mappings,
    filtersFile: values.filters,
    selection: readSelection(values),
    asSegmentReplay: values['as-segment-replay'],
    endpoint: values.endpoint
  }
}
