import { parseArgs } from 'node:util'
import { commandLine, InputError } from '../../core'
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
  workers: number
  endpoint?: string
}

export const USAGE = `Usage: ${commandLine('preflight', 'PATH... [options]')}

Says what a Segment archive would become at Topsort. Sends nothing.

PATH is a folder, a file, a pattern, s3://bucket/prefix, or - for standard input.

  --report FILE.html   writes a report to open in a browser
  --json               prints the report as JSON
  --mappings FILE      the mappings to try: the answer of Segment's Public API, or Terraform. Default: the presets
  --filters FILE       the destination filters: the answer of Segment's Public API
  --from DATE          events from this date or time on (UTC)
  --to DATE            events before this date or time (UTC)
  --source ID          events of this source only. Can be given several times
  --as-segment-replay  as Segment's Replay does: all events are meant for Topsort, and filters do not apply
  --workers N          reads with N threads
  --shard 3/10         a tenth of the users only, for a job of ten
  --merge              PATH... are reports of parts, written with --json. Merges them
  --endpoint URL       a store that is compatible with S3

Exit code: 0, or 1 if a finding loses money, or 2 if the command is not right or nothing can be read.`

const MAX_WORKERS = 64

/**
 * Reads the command line of preflight.
 *
 * @throws InputError that says what to change
 */
export function readArguments(args: readonly string[]): Arguments | 'help' {
  const { values, positionals } = parse(args)
  if (values.help) return 'help'
  if (positionals.length === 0) throw new InputError('Which archive? Give a folder, a file or s3://bucket/prefix.')
  const { workers = '1', merge = false } = values
  const selection = readSelection(values)
  return {
    inputs: positionals,
    isMerge: merge,
    reportFile: values.report,
    isJson: values.json ?? false,
    mappingsFile: values.mappings,
    filtersFile: values.filters,
    selection,
    asSegmentReplay: values['as-segment-replay'] ?? false,
    workers: readWorkers(workers),
    endpoint: values.endpoint
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        report: { type: 'string' },
        json: { type: 'boolean' },
        mappings: { type: 'string' },
        filters: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        source: { type: 'string', multiple: true },
        'as-segment-replay': { type: 'boolean' },
        workers: { type: 'string' },
        shard: { type: 'string' },
        merge: { type: 'boolean' },
        endpoint: { type: 'string' },
        help: { type: 'boolean', short: 'h' }
      }
    })
  } catch (error) {
    throw new InputError((error as Error).message, { cause: error })
  }
}

function readWorkers(text: string): number {
  const workers = Number(text)
  if (Number.isInteger(workers) && workers >= 1 && workers <= MAX_WORKERS) return workers
  throw new InputError(`--workers ${text} is not a number from 1 to ${MAX_WORKERS}.`)
}
