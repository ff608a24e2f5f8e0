import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { shortenId } from '../../checks'
import { InputError, isObject } from '../../core'
import { listSources, readInOrder } from '../read'
import type { PlacedFinding } from './report'

/** A finding's file never has more calls than this, so that it opens quickly. */
const MAX_CALLS = 1_000

type Kept = { time: string; text: string }

/**
 * Writes for each finding a file with the calls of its samples and all other calls of their users, sorted by the time of
 * receipt: `DIR/double-click.jsonl`. It reads the archive again.
 *
 * @returns the files, in the order of the findings. A finding without samples of calls has none
 * @throws InputError if the archive cannot be read twice, or a file cannot be written
 */
export async function writeCases(
  findings: readonly PlacedFinding[],
  folder: string,
  { inputs, endpoint }: { inputs: readonly string[]; endpoint?: string }
): Promise<string[]> {
  const sources = await listSources(inputs, { endpoint })
  if (sources.some(({ kind }) => kind === 'stdin'))
    throw new InputError('--cases reads the archive a second time, and standard input can be read only once.')
  const codesOf = indexSamples(findings)
  const calls = new Map<string, Kept[]>()
  for await (const { records } of readInOrder(sources)) {
    for (const record of records) {
      if (!record.ok) continue
      for (const code of codesOf(record.event)) {
        const kept = calls.get(code) ?? []
        calls.set(code, kept)
        if (kept.length < MAX_CALLS)
          kept.push({ time: String(record.event.receivedAt), text: JSON.stringify(record.event) })
      }
    }
  }
  const files = findings.flatMap(({ code }) =>
    calls.has(code) ? [{ code, file: path.join(folder, `${code}.jsonl`) }] : []
  )
  try {
    await mkdir(folder, { recursive: true })
    for (const { code, file } of files) await writeFile(file, toText(calls.get(code) ?? []))
  } catch (error) {
    throw new InputError(`--cases ${folder} cannot be written: ${(error as Error).message}.`)
  }
  return files.map(({ file }) => file)
}

function toText(calls: Kept[]): string {
  calls.sort((one, other) => (one.time < other.time ? -1 : 1))
  return `${calls.map(({ text }) => text).join('\n')}\n`
}

/** Samples have ids that are shortened. */
function toKey(kind: 'message' | 'user', id: unknown): string {
  return typeof id === 'string' ? `${kind} ${shortenId(id)}` : ''
}

type Call = { messageId?: unknown; anonymousId?: unknown; userId?: unknown; properties?: unknown }

/** Returns a function that tells to the samples of which findings a call belongs. */
function indexSamples(findings: readonly PlacedFinding[]): (call: Call) => Set<string> {
  const codes = new Map<string, Set<string>>()
  const add = (kind: 'message' | 'user', id: string | undefined, code: string): void => {
    if (!id) return
    codes.set(`${kind} ${id}`, (codes.get(`${kind} ${id}`) ?? new Set()).add(code))
  }
  for (const { code, samples } of findings) {
    for (const { messageId, otherMessageId, user, otherUser } of samples) {
      for (const id of [messageId, otherMessageId]) add('message', id, code)
      for (const id of [user, otherUser]) add('user', id, code)
    }
  }
  return ({ messageId, anonymousId, userId, properties }) => {
    const { opaqueUserId } = isObject(properties) ? properties : {}
    const keys = [toKey('message', messageId), ...[anonymousId, userId, opaqueUserId].map((id) => toKey('user', id))]
    return new Set(keys.flatMap((key) => [...(codes.get(key) ?? [])]))
  }
}
