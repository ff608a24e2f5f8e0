import { countsOf, clicked, viewed } from '../../__tests__/shop'

const refused = { ok: false, sent: undefined, reason: { code: 'product_id_missing' } }

test('a click that fails is reported', () => {
  expect(countsOf([clicked({ delivery: refused })])).toEqual({ 'failed-event': 1 })
})

test('an event that fails at one of two mappings is reported once', () => {
  const view = viewed()
  const failed = { ...view.deliveries[0], ...refused, mapping: 'Other' }
  expect(countsOf([{ ...view, deliveries: [...view.deliveries, failed] }])).toEqual({ 'failed-event': 1 })
})

test('an event whose failure another check explains is not a failed event as well', () => {
  const delivery = { ...refused, reason: { code: 'user_id_meaningless', value: '"0"' } }
  expect(countsOf([viewed({ delivery })])).toEqual({ 'no-user-id': 1 })
})

test('a delivered event is not reported', () => {
  expect(countsOf([viewed()])).toEqual({})
})

test('an event that Segment sends again is not reported', () => {
  const delivery = { ...refused, reason: { code: 'topsort_unavailable', status: 503 } }
  expect(countsOf([clicked({ delivery })])).toEqual({})
})
