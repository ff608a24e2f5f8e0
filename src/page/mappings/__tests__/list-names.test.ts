import type { DeliveryRow } from '../../../workbench/api'
import { listNames } from '../list-names'

const row = (type: string, name: string, mapping: string | null) => ({ event: { type, name }, mapping }) as DeliveryRow

test('the names of events are listed, the most frequent first, and whether a mapping takes them', () => {
  const rows = [
    row('track', 'Tap', null),
    row('track', 'Order', 'Purchase'),
    row('track', 'Tap', null),
    row('page', 'Home', null),
    row('track', 'Say "hi"', null),
    { event: null, mapping: null } as DeliveryRow
  ]
  expect(listNames(rows)).toEqual([
    { type: 'track', name: 'Tap', count: 2, isTaken: false },
    { type: 'track', name: 'Order', count: 1, isTaken: true },
    { type: 'page', name: '', count: 1, isTaken: false }
  ])
})
