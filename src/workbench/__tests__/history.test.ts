import fc from 'fast-check'
import type { Delivery, Mapping, TakenEvent } from '../../pipeline'
import { createHistory } from '../state/history'

const mapping: Mapping = { name: 'Click', partnerAction: 'click', subscribe: '', enabled: true, mapping: {} }
const toEvent = (messageId: string): TakenEvent => ({
  type: 'track',
  messageId,
  receivedAt: '2026-01-01T00:00:00.000Z'
})
const delivery = {
  event: null,
  mapping: 'Click',
  status: 204,
  ok: true,
  stage: 'delivered',
  attempts: 1,
  message: ''
} as Delivery
const attempt = { at: '', duration: 0, status: 204, message: '', exchanges: [] }

test('the newest entries are kept, and a late result of a dropped entry is ignored', () => {
  const history = createHistory(2)
  const events = ['a', 'b', 'c'].map(toEvent)
  for (const event of events) history.observer.received(event, mapping)
  history.observer.attempted(events[0], mapping, delivery, attempt)
  expect([...history.entries()].map(({ call, delivery: result }) => [call?.messageId, result])).toEqual([
    ['b', undefined],
    ['c', undefined]
  ])
})

test('sequences go on after clear, so that each one is used only once', () => {
  const history = createHistory(2)
  history.observer.received(toEvent('a'), mapping)
  const before = history.epoch()
  history.clear()
  history.observer.received(toEvent('b'), mapping)
  expect([...history.entries()].map(({ sequence }) => sequence)).toEqual([2])
  expect(history.epoch()).not.toBe(before)
  expect(history.find(1)).toBeUndefined()
})

test('reading the changes in any steps gives the newest state of all kept entries', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd')
  const step = fc.oneof(
    fc.record({ type: fc.constant('receive' as const), id: ids }),
    fc.record({ type: fc.constant('settle' as const), id: ids }),
    fc.record({ type: fc.constant('touch' as const), id: ids }),
    fc.record({ type: fc.constant('read' as const), limit: fc.integer({ min: 1, max: 3 }) })
  )
  fc.assert(
    fc.property(fc.array(step), fc.integer({ min: 1, max: 5 }), (steps, keep) => {
      const history = createHistory(keep)
      const events = new Map<string, TakenEvent>()
      const seen = new Map<number, Delivery | undefined>()
      let version = 0
      const read = (limit: number): number => {
        const changed = history.changesSince(version, limit)
        for (const entry of changed) seen.set(entry.sequence, entry.delivery)
        version = changed.at(-1)?.version ?? version
        return changed.length
      }
      for (const item of steps) {
        if (item.type === 'read') read(item.limit)
        else if (item.type === 'touch') history.touch(item.id)
        else if (item.type === 'receive') {
          const event = toEvent(item.id)
          events.set(item.id, event)
          history.observer.received(event, mapping)
        } else {
          const event = events.get(item.id)
          if (event) history.observer.attempted(event, mapping, delivery, attempt)
        }
      }
      while (read(2) > 0);
      const kept = [...history.entries()]
      expect(kept.length).toBeLessThanOrEqual(keep)
      for (const entry of kept) expect(seen.get(entry.sequence)).toBe(entry.delivery)
      expect(
        history
          .changesSince(0, 100)
          .map(({ sequence }) => sequence)
          .sort()
      ).toEqual(kept.map(({ sequence }) => sequence).sort())
    })
  )
})
