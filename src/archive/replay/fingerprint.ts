import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Filter, Mapping } from '../../pipeline'
import type { Source } from '../read'
import type { Arguments } from './arguments'

/**
 * Identifies the input and the settings of a replay: the same fingerprint means the same events in the same batches. It
 * has no part of the API key, not even a hash, because keys can be guessed and compared with a hash.
 */
export type Fingerprint = {
  /** The files in their order. */
  files: FileFingerprint[]
  /** By the name that messages use. Text or a number stands for each, null for one that is not set. */
  settings: Record<string, string | number | null>
}

export type FileFingerprint = { name: string; size: number; hash: string | null }

/** Of a large file, only its two ends are read. */
const END_BYTES = 64 * 1024

/**
 * Identifies a file by its size and by a hash of its two ends, wherever it is. A store's object has its name in the place
 * of a hash.
 *
 * @throws Error if the file cannot be read
 */
async function fingerprintOf(source: Source): Promise<FileFingerprint> {
  if (source.kind === 'stdin') return { name: source.name, size: 0, hash: null }
  if (source.kind === 's3') return { name: source.name, size: source.size, hash: null }
  const handle = await open(source.path)
  try {
    const { size } = await handle.stat()
    const hash = createHash('sha256')
    const buffer = Buffer.alloc(END_BYTES)
    for (const start of new Set([0, Math.max(0, size - END_BYTES)])) {
      const { bytesRead } = await handle.read(buffer, 0, END_BYTES, start)
      hash.update(buffer.subarray(0, bytesRead))
    }
    return { name: source.name, size, hash: hash.digest('hex').slice(0, 24) }
  } finally {
    await handle.close()
  }
}

/** @throws Error if a file cannot be read */
export async function createFingerprint(
  sources: readonly Source[],
  { selection, asSegmentReplay, maxAge, target }: Arguments,
  { mappings, filters }: { mappings: readonly Mapping[]; filters: readonly Filter[] }
): Promise<Fingerprint> {
  const { from, to, sources: only } = selection
  const files: FileFingerprint[] = []
  for (const source of sources) files.push(await fingerprintOf(source))
  return {
    files,
    settings: {
      'the target': target.kind,
      '--from': from ?? null,
      '--to': to ?? null,
      '--source': only?.join(', ') ?? null,
      '--max-age': maxAge ?? null,
      '--as-segment-replay': asSegmentReplay ? 'set' : null,
      'the content of --mappings': digestOf(mappings),
      'the content of --filters': digestOf(filters)
    }
  }
}

/** Returns a short text that stands for a value, such as a list of mappings. */
function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 24)
}

/**
 * Finds the files of an earlier run among those of now. Segment goes on to write into its archive, so there may be others
 * between them. The folder of a file may differ.
 *
 * @returns their places in the list of now, or undefined if some are missing or have changed
 */
export function findFiles(before: readonly FileFingerprint[], now: readonly FileFingerprint[]): number[] | undefined {
  const places: number[] = []
  now.forEach((file, place) => {
    if (places.length < before.length && isSame(before[places.length], file)) places.push(place)
  })
  return places.length === before.length ? places : undefined
}

/** Says in a sentence how two fingerprints differ, or returns nothing if this run can go on with the earlier one. */
export function describeDifference(before: Fingerprint, now: Fingerprint): string | undefined {
  for (const name of new Set([...Object.keys(before.settings), ...Object.keys(now.settings)])) {
    const [one, other] = [before.settings[name] ?? null, now.settings[name] ?? null]
    if (one !== other) return `${name} was ${describe(one)} and is ${describe(other)} now.`
  }
  if (findFiles(before.files, now.files)) return undefined
  const lost = before.files.find((file) => !now.files.some((other) => isSame(file, other)))
  if (!lost) return 'the files of the archive have another order.'
  const changed = now.files.find(({ name }) => name === lost.name)
  if (!changed) return `the file ${lost.name} is missing.`
  return changed.size === lost.size
    ? `the file ${lost.name} has other content.`
    : `the file ${lost.name} had ${lost.size} bytes and has ${changed.size} now.`
}

function isSame(one: FileFingerprint, other: FileFingerprint): boolean {
  if (one.hash === null) return isDeepStrictEqual(one, other)
  return one.size === other.size && one.hash === other.hash
}

function describe(value: string | number | null): string {
  return value === null ? 'not set' : String(value)
}
