import { toGeneralReason } from '../general-reason'
import type { Reason } from '../../../core'

const write = (reason: Reason, action = 'purchase') => toGeneralReason(reason, action, 'Its own message.').message
const keyOf = (reason: Reason, action = 'purchase') => toGeneralReason(reason, action, 'Its own message.').key

const line = (code: string, lines: number[], values?: string[]) => ({ code, lines, ...(values && { values }) })
const leftOut = (of: number, ...problems: object[]) => ({ code: 'lines_left_out', of, problems })

test.each<[string, Reason, string]>([
  ['click', { code: 'time_invalid', value: '"at 5"' }, 'Invalid occurredAt in this click: …. Send ISO 8601'],
  ['linkUsers', { code: 'link_id_too_long', field: 'to', length: 70, limit: 64 }, 'The id in to of this link has N'],
  ['pageviews', { code: 'page_id_missing' }, 'Missing page.pageId in this page view.'],
  ['impressionsList', { code: 'time_missing' }, 'Missing occurredAt in this list.'],
  ['purchase', leftOut(9, line('line_without_price', [1, 4])), 'Left out of this order: line N has no price.'],
  [
    'purchase',
    leftOut(9, line('line_price_invalid', [1, 4], ['"a"', '"b"']), line('line_without_price', [2])),
    'Left out of this order: line N has a price that is not a number; line N has no price.'
  ],
  [
    'impressionsList',
    { code: 'products_left_out', count: 2, of: 9, problems: [{ code: 'about_nothing', products: [1, 7] }] },
    'Left out of this list: N of N products. Product N: This impression is about nothing.'
  ],
  [
    'click',
    { code: 'partly_delivered', count: 1, of: 3, reasons: [{ code: 'topsort_refused', said: 'no', ids: ['m-1'] }] },
    'Not delivered: N of N clicks. …: Topsort refused this click: no'
  ],
  ['click', { code: 'field_invalid', problem: 'The value at /items/N must be text.' }, 'The value at /items/N'],
  ['click', { code: 'required_field_missing', fields: ['id'] }, 'Its own message.'],
  ['click', { code: 'error_thrown', name: 'TypeError' }, 'Its own message.']
])('the text of a reason of %s has no values: %j', (action, reason, text) => {
  const { code, message } = toGeneralReason(reason, action, 'Its own message.')
  expect(code).toBe(reason.code)
  expect(message.slice(0, text.length)).toBe(text)
  expect(message).not.toMatch(/undefined|null|\[object|at 5|"/)
})

test.each<[string, Reason, Reason]>([
  ['another value', { code: 'id_invalid', value: '1' }, { code: 'id_invalid', value: '2' }],
  ['other lines', leftOut(2, line('line_without_price', [2])), leftOut(9, line('line_without_price', [1, 3]))],
  [
    'another order of the problems',
    leftOut(2, line('line_without_price', [2]), line('line_price_invalid', [1], ['"a"'])),
    leftOut(2, line('line_price_invalid', [2], ['"b"']), line('line_without_price', [1]))
  ],
  [
    'several values of one problem',
    {
      code: 'products_unusable',
      count: 1,
      of: 2,
      problems: [{ code: 'product_id_invalid', value: '1', products: [1] }]
    },
    {
      code: 'products_unusable',
      count: 2,
      of: 2,
      problems: [
        { code: 'product_id_invalid', value: '1', products: [1] },
        { code: 'product_id_invalid', value: '2', products: [2] }
      ]
    }
  ],
  [
    'notes and its sentence',
    { code: 'id_missing' },
    { code: 'id_missing', notes: [], message: 'Missing id.', answer: {} }
  ]
])('reasons are the same with %s', (_, one, other) => {
  expect(toGeneralReason(one, 'purchase', '')).toEqual(toGeneralReason(other, 'purchase', ''))
})

test.each<[string, Reason, Reason]>([
  ['code', { code: 'id_missing' }, { code: 'time_missing' }],
  ['code of a line', leftOut(2, line('line_without_price', [1])), leftOut(2, line('line_price_invalid', [1]))],
  ['code of Topsort', { code: 'topsort_refused', errCode: 'a' }, { code: 'topsort_refused', errCode: 'b' }],
  ['field', { code: 'link_id_invalid', field: 'from' }, { code: 'link_id_invalid', field: 'to' }],
  [
    'missing field',
    { code: 'required_field_missing', fields: ['a'] },
    { code: 'required_field_missing', fields: ['b'] }
  ],
  ['problem of the framework', { code: 'field_invalid', problem: 'a' }, { code: 'field_invalid', problem: 'b' }]
])('reasons are different with another %s', (_, one, other) => {
  expect(keyOf(one)).not.toBe(keyOf(other))
})

test('reasons of clicks and purchases are different, because their sentences are', () => {
  const reason = { code: 'id_missing' }
  expect(keyOf(reason, 'click')).not.toBe(keyOf(reason, 'purchase'))
})

test('errors that only their message tells apart are different', () => {
  const reason = { code: 'error_thrown', name: 'Error' }
  expect(toGeneralReason(reason, 'click', 'One.').key).not.toBe(toGeneralReason(reason, 'click', 'Two.').key)
})

test('a lone empty line keeps the hint that the list may be an object', () => {
  const lone = { code: 'lines_unusable', of: 1, problems: [line('line_without_product_id', [1])] }
  const two = { code: 'lines_unusable', of: 2, problems: [line('line_without_product_id', [1, 2])] }
  const hint = ' If products is an object in your event and not a list, send it as a list.'
  expect(write(lone)).toBe(`${write(two)}${hint}`)
  expect(keyOf(lone)).not.toBe(keyOf(two))
})
