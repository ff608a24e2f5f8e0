import { createHash } from 'node:crypto'
import { version } from '../../../package.json'
import type { Filter, Mapping } from '../../pipeline'
import type { AttributionSettings } from '../../sandbox/attribution'
import type { PartManifest } from '../split/manifest'
import { describeHubs } from '../split/words'
import type { Arguments } from './arguments'
import { toReport } from './counts'
import { mergeGroups } from './merge-groups'
import type { Report, ReportPart } from './report'

/** The settings of a run, which the reports of all parts must have in common. */
export type RunSettings = Pick<Arguments, 'selection' | 'asSegmentReplay'> & {
  mappings: readonly Mapping[]
  filters: readonly Filter[]
  attribution: AttributionSettings
}

/**
 * Adds to the report of a part what the split knows: which part it is, what no part can have, and what is counted in each
 * part only.
 */
export function toPartReport(report: Report, manifest: PartManifest, settings: RunSettings): Report {
  const { notSelected, unreadable, hubs } = manifest
  const { input } = report
  const lost = unreadable.reduce((sum, { count }) => sum + count, 0)
  return toReport({
    ...report,
    part: describePart(manifest, settings),
    input: {
      ...input,
      events: input.events + notSelected,
      notSelected: input.notSelected + notSelected,
      unreadable: input.unreadable + lost
    },
    unreadable: mergeGroups([...unreadable, ...report.unreadable]),
    limits: [...report.limits, ...[describeHubs(hubs)].flatMap((limit) => limit ?? [])]
  })
}

function describePart(
  { part: index, of, input, selection }: PartManifest,
  { mappings, filters, attribution, asSegmentReplay, selection: read }: RunSettings
): ReportPart {
  return {
    index,
    of,
    input,
    selection: { split: selection, read },
    mappings: digestOf(mappings),
    filters: digestOf(filters),
    attribution: digestOf(attribution),
    asSegmentReplay,
    program: version
  }
}

/** Returns a short text that stands for a value, such as a list of mappings. */
function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 24)
}
