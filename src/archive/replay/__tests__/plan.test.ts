import fc from 'fast-check'
import { planWaves } from '../plan'
import type { DryRunEvent } from '../plan'
import topsort from '../../../destinations/topsort'
import { presetMappings } from '../../../pipeline'
import type { TakenEvent } from '../../../pipeline'
import { runs } from '../../../../test/support/runs'

const MAPPINGS = presetMappings(topsort).slice(0, 3)
const SETTINGS = { api_key: 'TSE_plan' }

/** Creates an event of a user that becomes this many events of Topsort. With 0, it fails. */
const anyEvent = fc.record({
  user: fc.integer({ min: 0, max: 5 }),
  mapping: fc.integer({ min: 0, max: MAPPINGS.length - 1 }),
  size: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 70 }) }),
  ok: fc.boolean().map((isOk) => isOk)
})

function toDryRunEvents(events: { user: number; mapping: number; size: number; ok: boolean }[]): DryRunEvent[] {
  return events.map(({ user, mapping, size, ok }, index) => {
    const messageId = `m-${index}`
    const event: TakenEvent = { type: 'track', messageId, anonymousId: `u-${user}`, receivedAt: '' }
    const sent = size === 0 ? {} : { clicks: Array.from({ length: size }, () => ({})) }
    const expected = ok ? { status: 204, ok, message: '', sent } : { status: 400, ok, message: 'invalid' }
    return { event, original: event, mapping: MAPPINGS[mapping], place: `file:${index}`, expected }
  })
}

const indexOf = ({ event }: DryRunEvent): number => Number(event.messageId.slice(2))

describe('The plan of a replay', () => {
  it('a plan has each event once, in numbered batches that fit into a request', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 300 }), fc.integer({ min: 1, max: 1_000 }), (events, first) => {
        const batches = planWaves(toDryRunEvents(events), SETTINGS, first).flat()

        expect(batches.map(({ number }) => number)).toEqual(batches.map((_, index) => first + index))
        const placed = batches.flatMap(({ items }) => items.map(indexOf)).sort((one, other) => one - other)
        expect(placed).toEqual(events.map((_, index) => index))
        for (const { mapping, items, events: count } of batches) {
          expect(count).toBe(items.length)
          expect(items.every((item) => (mapping === null ? !item.expected.ok : item.mapping === mapping))).toBe(true)
          const size = items.reduce((sum, item) => sum + (item.expected.ok ? events[indexOf(item)].size : 0), 0)
          expect(size <= 50 || items.filter((item) => events[indexOf(item)].size > 0).length === 1).toBe(true)
        }
      }),
      runs(200)
    )
  })

  it("a plan keeps each user's events in order: in one batch, or in a later wave", () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 300 }), (events) => {
        const places = new Map<number, { wave: number; batch: number; index: number }>()
        planWaves(toDryRunEvents(events), SETTINGS, 1).forEach((wave, number) => {
          for (const batch of wave) {
            if (batch.mapping === null) continue
            batch.items.forEach((item, index) =>
              places.set(indexOf(item), { wave: number, batch: batch.number, index })
            )
          }
        })
        const latest = new Map<number, { wave: number; batch: number; index: number }>()
        events.forEach(({ user }, index) => {
          const place = places.get(index)
          if (!place) return
          const before = latest.get(user)
          if (before?.batch === place.batch) expect(place.index).toBeGreaterThan(before.index)
          else if (before) expect(place.wave).toBeGreaterThan(before.wave)
          latest.set(user, place)
        })
      }),
      runs(200)
    )
  })

  it('a plan fills batches if users send different types of events', () => {
    const events = Array.from({ length: 1_000 }, (_, index) => ({
      user: index % 100,
      mapping: Math.floor(index / 100) % 3,
      size: 1,
      ok: true
    }))
    expect(planWaves(toDryRunEvents(events), SETTINGS, 1).flat()).toHaveLength(20)
  })

  it('a plan is the same for the same events', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 100 }), (events) => {
        const idsOf = () =>
          planWaves(toDryRunEvents(events), SETTINGS, 1)
            .flat()
            .map(({ ids }) => ids)
        expect(idsOf()).toEqual(idsOf())
      }),
      runs(50)
    )
  })
})
