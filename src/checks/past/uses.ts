import { createIdTable } from '../../core'
import type { Group, IdUse } from '../model'
import { isAtSameTime } from '../repeats'
import { toNumber, toSeconds } from './numbers'

/** The first use of a message id or an event id. */
export type PastUse = {
  /** Returns whether a later use of the id is the same event. */
  isSameEvent: (use: IdUse) => boolean
}

/** The hash of the content. 0: the row is new. */
const CONTENT = 0
const TIME = 1

/** Creates an empty memory. An id takes about 25 bytes. */
export function createPastUses(maxIds: number) {
  const table = createIdTable(2, maxIds)

  /** Remembers the use if it is the first one of its id. Returns whether it is. */
  function addFirst(key: string, { content, time }: IdUse): boolean {
    const row = table.put(key)
    if (table.get(row, CONTENT) !== 0) return false
    table.set(row, CONTENT, toNumber(content))
    table.set(row, TIME, toSeconds(time))
    return true
  }

  return {
    addFirst,
    /**
     * Remembers a use before its group forgets it.
     *
     * @param group the uses of the id, with this one
     */
    add({ keys: [key], idUses }: Group, use: IdUse): void {
      if (use === idUses[0]) addFirst(key, use)
    },
    find(key: string): PastUse | undefined {
      const row = table.find(key)
      if (row === -1) return undefined
      const content = table.get(row, CONTENT)
      const time = table.get(row, TIME) * 1_000
      return {
        isSameEvent: (use) => toNumber(use.content) === content && isAtSameTime(use, time)
      }
    },
    dropped: table.dropped
  }
}
