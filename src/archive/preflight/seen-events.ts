import { createIdTable } from '../../bounded'
import type { Place } from '../read'
import { formatPlace } from '../read'

/** The events of about the last day, by message id: when each came, and where it is. */
export type SeenEvents = {
  /**
   * Notes an event. Returns whether the same message id came within a day before, as Segment does, which drops it then.
   *
   * @param time when the event was received, in epoch milliseconds
   */
  isRepeat: (messageId: string, time: number, place: Place) => boolean
  /** Returns the place of an event, or undefined if it is forgotten. */
  placeOf: (messageId: string) => string | undefined
  /** Returns how many events were forgotten. */
  dropped: () => number
}

const DAY_SECONDS = 86_400

/** About 60 MB. Of more events a day, a repeat is found only among the last of these. */
const MAX_IDS = 2_000_000

const TIME = 0
const FILE = 1
const LINE = 2

/** Creates the memory of an archive's events. Segment says that it drops repeats within about a day. */
export function createSeenEvents(maxIds = MAX_IDS): SeenEvents {
  const table = createIdTable(3, maxIds)
  const files: string[] = []

  function numberOf(file: string): number {
    if (files.at(-1) !== file && !files.includes(file)) files.push(file)
    return files.at(-1) === file ? files.length - 1 : files.indexOf(file)
  }

  return {
    isRepeat(messageId, time, { file, line }) {
      const seconds = Math.max(0, Math.floor(time / 1_000)) >>> 0
      const known = table.find(messageId)
      const wasRecent = known !== -1 && Math.abs(seconds - table.get(known, TIME)) <= DAY_SECONDS
      if (wasRecent) return true
      const place = known === -1 ? table.add(messageId) : known
      table.set(place, TIME, seconds)
      table.set(place, FILE, numberOf(file))
      table.set(place, LINE, line)
      return false
    },
    placeOf(messageId) {
      const place = table.find(messageId)
      return place === -1
        ? undefined
        : formatPlace({ file: files[table.get(place, FILE)], line: table.get(place, LINE) })
    },
    dropped: table.dropped
  }
}
