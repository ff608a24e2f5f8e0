import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { InputError, isObject, parseJson } from '../../core'
import type { MessageGroup } from '../preflight/report'
import { sizeOf, type Source } from '../read'
import { hasPartName, PART_MANIFEST } from '../read/part-folder'
import type { Selection } from '../select'
import type { SharedHubs } from './shared-keys'

/** The archive that was split. */
export type SplitInput = {
  files: number
  /** As they are stored. */
  bytes: number
  /** Stands for the names and sizes of the files. */
  fingerprint: string
}

/** What `part.json` says about a part. */
export type PartManifest = {
  /** The version of this shape. */
  version: 1
  /** From 1. */
  part: number
  of: number
  input: SplitInput
  selection: Selection
  /** Records of the part, and its bytes as they are stored. */
  events: number
  bytes: number
  /** Ids and keys that more than 1,000 persons share. Their persons may be in different parts. */
  hubs: SharedHubs & { users: number }
  /** Events that the selection left out. The first part counts them for all. */
  notSelected: number
  /** What could not be read as text. The first part has it for all. */
  unreadable: MessageGroup[]
}

/**
 * Identifies the files of an archive by their names and sizes.
 *
 * @param sources in the order in which they are read
 */
export function describeInput(sources: readonly Source[]): SplitInput {
  const hash = createHash('sha256')
  for (const source of sources) hash.update(`${source.name}\n${sizeOf([source])}\n`)
  return { files: sources.length, bytes: sizeOf(sources), fingerprint: hash.digest('hex').slice(0, 24) }
}

/**
 * Reads the manifest of a part.
 *
 * @param input a path, or `s3://bucket/prefix`
 * @returns undefined if the input is no part
 * @throws InputError if the manifest is not of this version
 */
export async function readManifest(input: string, endpoint?: string): Promise<PartManifest | undefined> {
  const text = await readText(input, endpoint)
  if (text === undefined) return undefined
  const manifest = parseJson(text)
  if (!isObject(manifest) || manifest.version !== 1 || typeof manifest.part !== 'number') {
    throw new InputError(`${input}/${PART_MANIFEST} is not of this version. Split the archive again.`)
  }
  return manifest as unknown as PartManifest
}

async function readText(input: string, endpoint?: string): Promise<string | undefined> {
  if (input === '-') return undefined
  const name = `${input.replace(/\/+$/, '')}/${PART_MANIFEST}`
  if (input.startsWith('s3://')) {
    return hasPartName(input) ? (await import('../read/s3')).readObject(name, endpoint) : undefined
  }
  return readFile(path.normalize(name), 'utf8').catch(() => undefined)
}
