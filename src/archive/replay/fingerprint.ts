import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Filter, Mapping } from '../../pipeline'
import type { Source } from '../read'
import type { Arguments } from './arguments'

/**
 * Identifies the input and the settings of a replay. The same fingerprint means the same events in the same batches. It has
 * no hash of the API key, because somebody could compare guessed keys with a hash.
 */
export type Fingerprint = {
  /** The files that can be read, in their order. */
  files: FileFingerprint[]
  /** The value or hash of each setting, by its name in messages. Null if it is not set. */
  settings: Record<string, string | number | null>
}

type FileFingerprint = { name: string; size: number; hash: string | null }

/** The bytes that are read at each end of a file. */
const END_BYTES = 64 * 1024

/**
 * Identifies a file by its size and by a hash of its two ends, so it may be moved. An object of a store has no hash, and is
 * identified by its name.
 *
 * @throws Error if the file cannot be read
 */
async function fingerprintOf(source: Source): Promise<FileFingerprint> {
  if (source.kind === 'unreadable') throw new Error(source.reason)
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

/** Finds the files of an archive that can be read now, and those that cannot, with the reason. */
export async function identifyFiles(sources: readonly Source[]) {
  const readable: { source: Source; file: FileFingerprint }[] = []
  const unreadable: { name: string; reason: string }[] = []
  for (const source of sources) {
    try {
      readable.push({ source, file: await fingerprintOf(source) })
    } catch (error) {
      unreadable.push({ name: source.name, reason: (error as Error).message })
    }
  }
  return { readable, unreadable }
}

/** Combines the fingerprints of the files with the settings. */
export function createFingerprint(
  files: FileFingerprint[],
  { selection, asSegmentReplay, maxAge, target }: Arguments,
  { mappings, filters }: { mappings: readonly Mapping[]; filters: readonly Filter[] }
): Fingerprint {
  const { from, to, sources: only } = selection
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

/** Returns a short hash of a value, such as a list of mappings. */
function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 24)
}

/**
 * Finds the files of an earlier run among the current ones. There may be new files between them, because Segment continues
 * to write into its archive. The folder of a file may differ.
 *
 * @returns the indexes in the current list, or undefined if some files are missing or have changed
 */
export function findFiles(before: readonly FileFingerprint[], now: readonly FileFingerprint[]): number[] | undefined {
  const places: number[] = []
  now.forEach((file, place) => {
    if (places.length < before.length && isSame(before[places.length], file)) places.push(place)
  })
  return places.length === before.length ? places : undefined
}

/** Describes in a sentence how two fingerprints differ. Returns undefined if this run can continue the earlier one. */
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
