import { createHash } from 'node:crypto'
import type { SegmentEvent } from '@segment/actions-core'
import { InputError } from '../core'

/** One of several equal parts of an archive: `index` from 1 to `count`. */
export type Shard = { index: number; count: number }

const MAX_SHARDS = 10_000

/**
 * Reads a shard from the command line, such as `3/10`.
 *
 * @throws InputError if it is not a part of a whole
 */
export function readShard(text: string): Shard {
  const [, index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (!(index >= 1 && index <= count && count <= MAX_SHARDS)) {
    throw new InputError(`--shard ${text} is not a part of a whole. Write 3/10 for the third of ten parts.`)
  }
  return { index, count }
}

/**
 * Tells whether an event belongs to a shard. All events with one `anonymousId` are in one shard, and so are those with one
 * `userId` that have no `anonymousId`. So each user's events stay together and in order.
 */
export function isInShard({ index, count }: Shard, { anonymousId, userId, messageId }: SegmentEvent): boolean {
  const ids: (string | number | null | undefined)[] = [anonymousId, userId, messageId]
  // Some shops have numbers as ids.
  const user = String(ids.find((id) => id !== undefined && id !== null) ?? '')
  return (createHash('md5').update(user).digest().readUInt32LE() % count) + 1 === index
}
