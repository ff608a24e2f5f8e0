import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { previews } from '../../destinations'
import topsort from '../../destinations/topsort'
import { InputError } from '../../core'
import type { TakenEvent } from '../../pipeline'
import { createSuggester, type Suggester, type Suggestions } from '../../suggest'
import { readFiltersFile, readMappingsFile } from '../preflight/read-settings'
import { startProgress } from '../progress'
import {
  formatPlace,
  listSources,
  OutOfOrderError,
  type Place,
  readInOrder,
  readSorted,
  sizeOf,
  type Source
} from '../read'
import { createSelect } from '../select'
import type { Arguments } from './arguments'

/** A key of the right shape. No request is made, so it reaches nobody. */
const NO_KEY = 'TSE_suggest'

type Read = () => AsyncGenerator<TakenEvent[]>

/**
 * Reads an archive, suggests mappings, and tries them on the archive.
 *
 * @throws InputError if it cannot be read at all
 */
export async function runSuggest(options: Arguments): Promise<Suggestions> {
  const [mappings, filters] = await Promise.all([readMappingsFile(options.mappings), readFiltersFile(options.filters)])
  const create = (): Suggester =>
    createSuggester({ definition: topsort, settings: { api_key: NO_KEY }, previews, mappings, filters })
  return withFiles(await listSources(options.inputs, { endpoint: options.endpoint }), async (sources) => {
    const read = (isSorted: boolean): Read => createRead(sources, isSorted, options)
    try {
      return await suggest(create(), read(false))
    } catch (error) {
      if (!(error instanceof OutOfOrderError)) throw error
      console.error('The events are not in order of time. So they are sorted first, and read again.')
      return suggest(create(), read(true))
    }
  })
}

async function suggest(suggester: Suggester, read: Read): Promise<Suggestions> {
  for await (const events of read()) events.forEach(suggester.observe)
  return suggester.suggest(read)
}

/** Returns a function that reads the events of an archive in order of time. It can be called several times. */
function createRead(sources: readonly Source[], isSorted: boolean, { selection }: Arguments): Read {
  const select = createSelect(selection)
  const total = sizeOf(sources)
  return async function* () {
    const batches = isSorted ? readSorted(sources) : readInOrder(sources, { isStrict: true })
    const progress = startProgress({ total })
    let [bytes, count] = [0, 0]
    let problem: (Place & { reason: string }) | undefined
    try {
      for await (const batch of batches) {
        problem ??= batch.records.find((record) => !record.ok)
        bytes += batch.bytes
        count += batch.records.length
        progress.update(bytes, count)
        yield batch.records.flatMap((record) => (record.ok && select(record.event, record.file) ? [record.event] : []))
      }
      if (count === 0 || (problem && count === 1)) {
        const why = problem ? `${formatPlace(problem)}: ${problem.reason}` : 'The archive is empty.'
        throw new InputError(`No event could be read. ${why}`)
      }
    } finally {
      progress.stop()
    }
  }
}

/** Runs with files in place of standard input, which can be read only once. They are deleted at the end. */
async function withFiles<Result>(
  sources: readonly Source[],
  run: (sources: readonly Source[]) => Promise<Result>
): Promise<Result> {
  if (!sources.some(({ kind }) => kind === 'stdin')) return run(sources)
  const folder = await mkdtemp(path.join(tmpdir(), 'suggest-'))
  try {
    const file = path.join(folder, 'standard-input')
    await pipeline(process.stdin, createWriteStream(file))
    const { size } = await stat(file)
    return await run(
      sources.map((source): Source =>
        source.kind === 'stdin' ? { kind: 'file', name: source.name, path: file, size } : source
      )
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
