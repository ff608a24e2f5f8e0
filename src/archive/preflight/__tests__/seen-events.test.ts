import { DAY, HOUR } from '../../../core'
import { createSeenEvents } from '../seen-events'
import type { SeenEvents } from '../seen-events'

const START = Date.UTC(2026, 0, 1)

/** Notes an event for each number, an hour apart or less. */
function note(seen: SeenEvents, from: number, to: number, step = HOUR): number {
  let repeats = 0
  for (let number = from; number < to; number += 1) {
    const place = { file: 'events.jsonl', line: number + 1 }
    if (seen.isRepeat(`m_${number}`, START + number * step, place)) repeats += 1
  }
  return repeats
}

describe('The memory of the events of an archive', () => {
  test('finds a message id again within a day, and not after it', () => {
    const seen = createSeenEvents()
    note(seen, 0, 48)
    const place = { file: 'events.jsonl', line: 99 }
    expect(seen.isRepeat('m_30', START + 50 * HOUR, place)).toBe(true)
    expect(seen.isRepeat('m_2', START + 50 * HOUR, place)).toBe(false)
    expect(seen.placeOf('m_30')).toBe('events.jsonl:31')
  })

  test('forgets what came more than two days ago when there is much of it, without missing a repeat', () => {
    const seen = createSeenEvents({ maxIds: 400, minIds: 100, listSamples: () => ['m_7', 'm_unknown'] })
    note(seen, 0, 300)
    expect(seen.placeOf('m_8')).toBeUndefined()
    expect(seen.placeOf('m_7')).toBe('events.jsonl:8')
    expect(seen.dropped()).toBe(0)
    expect(seen.isRepeat('m_290', START + 300 * HOUR, { file: 'events.jsonl', line: 1 })).toBe(true)
  })

  test('says how much it lacks if the events turn out to be out of order', () => {
    const seen = createSeenEvents({ maxIds: 400, minIds: 100 })
    note(seen, 0, 300)
    seen.isRepeat('m_late', START + DAY, { file: 'other.jsonl', line: 1 })
    expect(seen.dropped()).toBeGreaterThan(0)
  })

  test('says how much it lacks if there are too many events a day', () => {
    const seen = createSeenEvents({ maxIds: 1_000 })
    note(seen, 0, 2_000, 1_000)
    expect(seen.dropped()).toBeGreaterThan(0)
    expect(seen.isRepeat('m_1900', START + 2_000_000, { file: 'events.jsonl', line: 1 })).toBe(true)
  })
})
