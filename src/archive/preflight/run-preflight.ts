import { previews } from '../../destinations'
import topsort from '../../destinations/topsort'
import { InputError } from '../../core'
import { startProgress } from '../progress'
import { listSources, OutOfOrderError, readInOrder, readSorted, type ArchiveBatch, type Source } from '../read'
import { createSelect } from '../select'
import { type PartManifest, readManifest } from '../split/manifest'
import type { Arguments } from './arguments'
import { createPreflight, type PreflightOptions } from './create-preflight'
import { toPartReport } from './merge-reports'
import { readAttributionFile, readFiltersFile, readMappingsFile } from './read-settings'
import type { Report } from './report'

/** What the command line says of an archive. */
type RunOptions = Pick<
  Arguments,
  'inputs' | 'endpoint' | 'mappings' | 'filters' | 'attribution' | 'selection' | 'asSegmentReplay' | 'baseline'
>

/** A key of the right shape. No request is made, so it reaches nobody. */
const NO_KEY = 'TSE_preflight'

/** Reads an archive, and says what it would become. @throws InputError if it cannot be read at all */
export async function runPreflight(options: RunOptions): Promise<Report> {
  const sources = await listSources(options.inputs, { endpoint: options.endpoint })
  const [mappings, filters, attribution] = await Promise.all([
    readMappingsFile(options.mappings),
    readFiltersFile(options.filters),
    readAttributionFile(options.attribution)
  ])
  const manifest = await findManifest(options)
  if (manifest && options.baseline !== undefined) {
    throw new InputError(
      '--baseline compares whole archives, and this is a part of one. Read all parts without it, and give it to --merge.'
    )
  }
  const isSelective = Object.keys(options.selection).length > 0
  const report = await readOrdered(sources, {
    definition: topsort,
    previews,
    settings: { api_key: NO_KEY },
    mappings,
    filters,
    attribution,
    asSegmentReplay: options.asSegmentReplay,
    ...(isSelective && { select: createSelect(options.selection) }),
    hasSortKeys: manifest !== undefined
  })
  report.input.files = sources.length
  if (manifest) return toPartReport(report, manifest, { ...options, mappings, filters, attribution })
  checkRead(report)
  return report
}

/** Returns the manifest of the input if it is one part of a split. Several parts are read as one archive. */
async function findManifest({ inputs, endpoint }: RunOptions): Promise<PartManifest | undefined> {
  return inputs.length === 1 ? readManifest(inputs[0], endpoint) : undefined
}

type Settings = PreflightOptions<{ api_key: string }>

/**
 * Reads an archive in order of receipt. Segment's own archives are in this order. Any other is sorted, so that the report
 * is the same for every order. Standard input cannot be read again, so it is always sorted.
 */
async function readOrdered(sources: readonly Source[], settings: Settings): Promise<Report> {
  if (sources.some(({ kind }) => kind === 'stdin')) return readAll(sources, readSorted(sources), settings)
  try {
    return await readAll(sources, readInOrder(sources, { isStrict: true }), settings)
  } catch (error) {
    if (!(error instanceof OutOfOrderError)) throw error
    console.error('The events are not in order of time. So they are sorted first, and read again.')
    return readAll(sources, readSorted(sources), settings)
  }
}

async function readAll(
  sources: readonly Source[],
  batches: AsyncIterable<ArchiveBatch>,
  settings: Settings
): Promise<Report> {
  const preflight = createPreflight(settings)
  const progress = startProgress({ total: sizeOf(sources) })
  let [bytes, events] = [0, 0]
  try {
    for await (const batch of batches) {
      await preflight.take(batch)
      bytes += batch.bytes
      events += batch.records.length
      progress.update(bytes, events)
    }
    return preflight.finish()
  } finally {
    progress.stop()
  }
}

/** @throws InputError if not a single event could be read */
function checkRead({ input, unreadable }: Report): void {
  if (input.events > 0 || input.unreadable === 0) return
  const [{ message, samples }] = unreadable
  throw new InputError(`No event could be read. ${samples[0].place}: ${message}`)
}

/** Standard input has no size that is known before. */
function sizeOf(sources: readonly Source[]): number {
  return sources.every((source) => 'size' in source) ? sources.reduce((sum, source) => sum + source.size, 0) : 0
}
