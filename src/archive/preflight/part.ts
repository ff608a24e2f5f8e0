import { createHash } from 'node:crypto'
import { version } from '../../../package.json'
import type { Filter, Mapping } from '../../pipeline'
import type { AttributionSettings } from '../../sandbox/attribution'
import type { PartManifest } from '../split/manifest'
import type { Arguments } from './arguments'

/** The settings of a run, which the reports of all parts must have in common. */
export type RunSettings = Pick<Arguments, 'selection' | 'asSegmentReplay'> & {
  mappings: readonly Mapping[]
  filters: readonly Filter[]
  attribution: AttributionSettings
}

/** Describes a part: what its report must have in common with the reports of the other parts. */
export function describePart(
  { part: index, of, input, selection }: PartManifest,
  { mappings, filters, attribution, asSegmentReplay, selection: read }: RunSettings
) {
  return {
    /** From 1. */
    index,
    of,
    /** The archive that was split. */
    input,
    /** Which events were chosen when the archive was split, and when the part was read. */
    selection: { split: selection, read },
    /** These stand for the content of the mappings, of the destination filters and of the attribution settings. */
    mappings: digestOf(mappings),
    filters: digestOf(filters),
    attribution: digestOf(attribution),
    asSegmentReplay,
    /** The version of this project. */
    program: version
  }
}

/** Returns a short text that stands for a value, such as a list of mappings. */
function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 24)
}
