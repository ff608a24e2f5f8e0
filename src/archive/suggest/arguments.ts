import { commandLine, InputError, listOptions, type Options, parseOptions } from '../../core'
import { SHARED_OPTIONS } from '../options'
import { readSelection } from '../select'

/** What the command line says. */
export type Arguments = Exclude<ReturnType<typeof readArguments>, 'help'>

const { mappings, filters, from, to, source, endpoint } = SHARED_OPTIONS

/** The options of the command. `npm run docs` copies them to docs/suggest.md. */
export const OPTIONS = {
  out: {
    value: 'FILE.json',
    does: "Writes all mappings, the current and the suggested ones, in the shape of Segment's Public API. Preflight and the workbench read it"
  },
  terraform: { value: 'FILE.tf.json', does: 'Writes all mappings as resources of Terraform' },
  report: { value: 'FILE.html', does: 'Writes one HTML page that shows why. It contains no script' },
  json: { does: 'Prints the suggestions and their evidence as JSON on standard output' },
  mappings,
  filters,
  from,
  to,
  source,
  endpoint
} as const satisfies Options

export const USAGE = `Usage: ${commandLine('suggest', 'PATH... [options]')}

Proposes mappings for the events of a Segment archive, tries them on all events, and says why. Sends nothing.

PATH is a folder, a file, a pattern, s3://bucket/prefix, or - for standard input.

${listOptions(OPTIONS)}

Exit code: 0, 2 if the command is not right or nothing can be read, 3 if it stopped before it was done.`

/**
 * Reads the command line.
 *
 * @throws InputError that says what to change
 */
export function readArguments(args: readonly string[]) {
  const { isHelp, values, positionals } = parseOptions(OPTIONS, args)
  if (isHelp) return 'help' as const
  if (positionals.length === 0) throw new InputError('Which archive? Give a folder, a file or s3://bucket/prefix.')
  return { ...values, inputs: positionals, selection: readSelection(values) }
}
