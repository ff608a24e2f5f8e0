import topsort from '../../destinations/topsort'
import { readInOrder } from '../read'
import { createSelect } from '../select'
import type { Arguments } from './arguments'
import { createPreflight } from './create-preflight'
import type { SavedClicks } from './credit'
import type { Part } from './parts'
import { readFiltersFile, readMappingsFile } from './read-settings'
import type { Report } from './report'
import type { UndecidedOrder } from './orders'

/** The results of a part of an archive. Plain data, so that a worker can send it. */
export type PartResult = {
  report: Report
  clicks: SavedClicks
  /** Orders for which an earlier part may hold a click. */
  undecided: UndecidedOrder[]
}

/** The command line's options that a part needs. */
export type PartOptions = Pick<Arguments, 'mappingsFile' | 'filtersFile' | 'selection' | 'asSegmentReplay'>

/** A key of the right shape. No request is made, so it reaches nobody. */
const NO_KEY = 'TSE_preflight'

/** About 60 MB. */
const MAX_UNDECIDED = 200_000

/**
 * Reads a part of an archive.
 *
 * @param onProgress is called with the bytes and events that were read since it was called before
 * @throws InputError if the mappings or filters cannot be read
 */
export async function runPart(
  { before, sources }: Part,
  options: PartOptions,
  onProgress: (bytes: number, events: number) => void
): Promise<PartResult> {
  const { mappingsFile, filtersFile, selection, asSegmentReplay } = options
  const [mappings, filters] = await Promise.all([readMappingsFile(mappingsFile), readFiltersFile(filtersFile)])
  const isSelective = Object.keys(selection).length > 0
  const undecided: UndecidedOrder[] = []
  const preflight = createPreflight({
    definition: topsort,
    settings: { api_key: NO_KEY },
    mappings,
    filters,
    asSegmentReplay,
    ...(isSelective && { select: createSelect(selection) }),
    onUndecided(order) {
      if (before.length > 0 && undecided.length < MAX_UNDECIDED) undecided.push(order)
    }
  })
  for await (const batch of readInOrder(before)) await preflight.take(batch)
  preflight.startCounting()
  undecided.length = 0
  for await (const batch of readInOrder(sources)) {
    await preflight.take(batch)
    onProgress(batch.bytes, batch.records.length)
  }
  const report = preflight.finish()
  report.input.files = sources.length
  return { report, clicks: preflight.saveClicks(), undecided }
}
