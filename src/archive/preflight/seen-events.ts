import { createIdTable, DAY, SECOND } from '../../core'
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
  /** Returns how many events were forgotten too early, so that their repeats may have been missed. */
  dropped: () => number
}

const DAY_SECONDS = DAY / SECOND

/** About 60 MB. Of more events a day, a repeat is found only among the last of these. */
const MAX_IDS = 2_000_000

const MIN_IDS = 200_000

const TIME = 0
const FILE = 1
const LINE = 2

export type SeenEventsOptions = {
  /** How many events are remembered at most. */
  maxIds?: number
  /** Fewer events than this are never forgotten. */
  minIds?: number
  /** Returns the message ids whose places are wanted after their events are forgotten. */
  listSamples?: () => Iterable<string>
}

/**
 * Creates the memory of an archive's events. Segment says that it drops repeats within about a day. So while the events
 * come in order of time, those of more than two days ago are forgotten when there are many.
 */
export function createSeenEvents({
  maxIds = MAX_IDS,
  minIds = MIN_IDS,
  listSamples = () => []
}: SeenEventsOptions = {}): SeenEvents {
  const table = createIdTable(3, maxIds)
  const files = createFileNumbers()
  /** Places of events that may be forgotten. */
  let samples = new Map<string, string>()
  let isInOrder = true
  let newest = 0
  let lost = 0

  function makeRoom(seconds: number): void {
    if (isInOrder && seconds < newest - DAY_SECONDS) {
      isInOrder = false
      lost = table.dropped()
    }
    newest = Math.max(newest, seconds)
    const isOld = hasOld(seconds)
    if (!isOld && !table.isFull()) return
    samples = new Map(
      [...listSamples()].flatMap((id) => {
        const place = placeOf(id)
        return place === undefined ? [] : [[id, place]]
      })
    )
    // Listing the samples is slow, so an eighth of all events is forgotten at once.
    const drops = countDrops()
    for (let drop = 0; drop < drops; drop += 1) table.dropOldest()
    if (!isOld) lost += drops * table.dropSize
  }

  function countDrops(): number {
    return Math.max(1, Math.floor(table.size() / 8 / table.dropSize))
  }

  /** Whether the events that would be forgotten next came more than a day ago. The order is right within a day. */
  function hasOld(seconds: number): boolean {
    if (!isInOrder || table.size() <= Math.max(minIds, table.dropSize)) return false
    return table.get(table.oldest() + countDrops() * table.dropSize, TIME) < seconds - 2 * DAY_SECONDS
  }

  function placeOf(messageId: string): string | undefined {
    const place = table.find(messageId)
    return place === -1
      ? samples.get(messageId)
      : formatPlace({ file: files.nameOf(table.get(place, FILE)), line: table.get(place, LINE) })
  }

  return {
    isRepeat(messageId, time, { file, line }) {
      const seconds = Math.max(0, Math.floor(time / 1_000)) >>> 0
      const known = table.find(messageId)
      const wasRecent = known !== -1 && Math.abs(seconds - table.get(known, TIME)) <= DAY_SECONDS
      if (wasRecent) return true
      if (known === -1) makeRoom(seconds)
      const place = known === -1 ? table.add(messageId) : known
      table.set(place, TIME, seconds)
      table.set(place, FILE, files.numberOf(file))
      table.set(place, LINE, line)
      return false
    },
    placeOf,
    dropped: () => lost
  }
}

/** Gives each file a number, which takes less memory than its name. */
function createFileNumbers() {
  const names: string[] = []
  const numbers = new Map<string, number>()
  return {
    nameOf: (number: number): string => names[number],
    numberOf(file: string): number {
      const known = numbers.get(file)
      if (known !== undefined) return known
      numbers.set(file, names.length)
      return names.push(file) - 1
    }
  }
}
