import type { Delivery } from '../../pipeline'
import { deliveryLine } from '../log'

const event = { messageId: 'm1', type: 'track', name: 'Product Clicked' }

const delivered: Delivery = {
  event,
  mapping: 'Click',
  status: 204,
  ok: true,
  stage: 'delivered',
  attempts: 1,
  message: '',
  sent: { clicks: [{ id: 'm1' }] }
}

const failed: Delivery = {
  ...delivered,
  status: 400,
  ok: false,
  stage: 'failed',
  message: 'Topsort refused this click'
}

test.each<[string, Partial<Delivery>]>([
  ['Product Clicked -> Click: delivered (204)', {}],
  ['Product Clicked -> Click: delivered (204) after 3 attempts', { attempts: 3 }],
  ['Product Clicked -> Click: nothing to deliver: no prices', { status: 200, message: 'no prices', sent: {} }],
  ['Product Clicked -> Click: nothing to deliver', { status: 200, sent: undefined }],
  ['Product Clicked -> Click: failed (400): Topsort refused this click [m1]', failed],
  [
    'Product Clicked -> Click: failed (503) after 5 attempts: no [m1]',
    { ...failed, status: 503, attempts: 5, message: 'no' }
  ],
  ['page call -> Click: delivered (204)', { event: { messageId: 'm1', type: 'page', name: '' } }],
  ['POST /v1/t was refused. Too large.', { event: null, mapping: null, message: 'POST /v1/t was refused. Too large.' }],
  ['No mapping takes "Cart Viewed".', { mapping: null, attempts: 0, message: 'No mapping takes "Cart Viewed".' }]
])('%s', (line, changes) => {
  expect(deliveryLine({ ...delivered, ...changes }, false)).toBe(line)
})

test('control characters are escaped', () => {
  const name = 'Product\u001b[2J\r\n\u202eClicked\u2028é😀'
  const line = deliveryLine({ ...failed, event: { ...event, name }, message: 'a\u0007b\u009bc' }, false)
  expect(line).toBe(
    'Product\\u{1b}[2J\\u{d}\\u{a}\\u{202e}Clicked\\u{2028}é😀 -> Click: failed (400): a\\u{7}b\\u{9b}c [m1]'
  )
})

test('failures are red, deliveries green', () => {
  expect(deliveryLine(delivered, true)).toBe('Product Clicked -> Click: \u001b[32mdelivered (204)\u001b[39m')
  expect(deliveryLine(failed, true)).toContain('\u001b[31mfailed (400)\u001b[39m')
  expect(deliveryLine({ ...delivered, mapping: null, message: 'x' }, true)).toBe('\u001b[2mx\u001b[22m')
  expect(deliveryLine({ ...failed, mapping: null, message: 'x' }, true)).toBe('\u001b[31mx\u001b[39m')
})
