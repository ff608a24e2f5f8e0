import topsort from '../../destinations/topsort'
import { InputError } from '../../pipeline'
import { startProgress } from '../progress'
import { listSources, readInOrder, type Source } from '../read'
import { createSelect } from '../select'
import type { Arguments } from './arguments'
import { createPreflight } from './create-preflight'
import { readFiltersFile, readMappingsFile } from './read-settings'
import type { Report } from './report'

/** A key of the right shape. No request is made, so it reaches nobody. */
const NO_KEY = 'TSE_preflight'

/** Reads an archive, and says what it would become. @throws InputError if it cannot be read at all */
export async function runPreflight(args: Arguments): Promise<Report> {
  const [mappings, filters] = await Promise.all([
    readMappingsFile(args.mappingsFile),
    readFiltersFile(args.filtersFile)
  ])
  const sources = await listSources(args.inputs, { endpoint: args.endpoint })
  const preflight = createPreflight({
    definition: topsort,
    settings: { api_key: NO_KEY },
    mappings,
    filters,
    asSegmentReplay: args.asSegmentReplay,
    select: createSelect(args.selection)
  })

  const progress = startProgress({ total: sizeOf(sources) })
  let bytes = 0
  let events = 0
  try {
    for await (const batch of readInOrder(sources)) {
      await preflight.take(batch)
      bytes += batch.bytes
      events += batch.records.length
      progress.update(bytes, events)
    }
  } finally {
    progress.stop()
  }
  const report = preflight.finish(sources.length)
  if (report.input.events === 0 && report.input.unreadable > 0) {
    const [first] = report.unreadable
    throw new InputError(`No event could be read. ${first.samples[0].place}: ${first.message}`)
  }
  return report
}

function sizeOf(sources: readonly Source[]): number {
  return sources.reduce((sum, source) => sum + ('size' in source ? source.size : NaN), 0) || 0
}
