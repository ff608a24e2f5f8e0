import type { DeliveryRow } from '../../workbench/api'
import { creditOf, describeAbout, problemOf, resultOf, messageOf } from '../events/row-text'
import { deliveredRow } from './delivered-row'

test.each<[Partial<DeliveryRow>, string, string]>([
  [{ answer: 204 }, 'delivered 204', 'good'],
  [{ answer: 204, isPartial: true }, 'in part 204', 'waiting'],
  [{ isNothingSent: true }, 'nothing to send', 'neutral'],
  [{ stage: 'failed', status: 400 }, 'not sent', 'bad'],
  [{ stage: 'failed', status: 400, answer: 400 }, 'failed 400', 'bad'],
  [{ stage: 'failed', status: 500, answer: null }, 'failed, no answer', 'bad'],
  [{ stage: 'failed on ingest', status: 400 }, 'failed on ingest', 'bad'],
  [{ stage: 'pending retry', status: 503, answer: 503 }, 'pending retry 503', 'waiting'],
  [{ stage: 'filtered', status: 200 }, 'filtered', 'neutral'],
  [{ stage: 'received', status: 0 }, 'received', 'accent']
])('the result of %j is %s', (changes, text, tone) => {
  expect(resultOf({ ...deliveredRow, ...changes })).toMatchObject({ text, tone })
})

test('a message is shown only where something is wrong', () => {
  expect(problemOf({ ...deliveredRow, stage: 'filtered', message: 'No mapping takes it.' })).toBe('')
  expect(problemOf({ ...deliveredRow, message: 'Left out: line 2.' })).toBe('Left out: line 2.')
})

test('an event is described by its product, banner, page or users', () => {
  expect(describeAbout({ kind: 'product', id: 'p_1', name: 'Yogurt', quantity: 2, more: 1 })).toBe('Yogurt × 2, 1 more')
  expect(describeAbout({ kind: 'product', id: 'p_1' })).toBe('p_1')
  expect(describeAbout({ kind: 'banner', id: 'spring' })).toBe('Banner spring')
  expect(describeAbout({ kind: 'page', id: '/yogurt', name: 'category' })).toBe('/yogurt (category)')
  expect(describeAbout({ kind: 'link', id: 'a', name: 'b' })).toBe('a and b')
})

test('the credit of an order says how much, or why not', () => {
  const value = { amount: 27, order: 'o' }
  const say = (changes: object, stage: DeliveryRow['stage'] = 'delivered') =>
    creditOf({ ...value, ...changes }, stage).text
  expect(say({ credited: 27 })).toBe('credited')
  expect(say({ credited: 25.9, why: 'other_product' })).toBe('25.90 credited')
  expect(say({ credited: 0, why: 'other_user' })).toBe('uncredited: other user id')
  expect(say({})).toBe('')
  expect(say({}, 'failed')).toBe('not reported')
})

test('a missing value is told in words for the engineer of a shop, and any other message as it is', () => {
  const reason = { code: 'required_field_missing', fields: ['items'] }
  expect(messageOf({ message: "The root value is missing the required field 'items'.", reason })).toBe(
    'This event has no items.'
  )
  expect(messageOf({ message: 'No user id in this purchase.' })).toBe('No user id in this purchase.')
})
