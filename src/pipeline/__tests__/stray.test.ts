import type { Delivery } from '../delivery'
import { createStrays, MAX_STRAYS } from '../stray'

const toDelivery = (message: string): Delivery => ({
  event: null,
  mapping: null,
  status: 403,
  ok: false,
  stage: 'failed on ingest',
  attempts: 0,
  message
})
const messagesOf = (deliveries: Delivery[]): string[] => deliveries.map(({ message }) => message)

test('strays stand where they came among the deliveries', () => {
  const strays = createStrays()
  strays.add(toDelivery('stray 1'), 0, '')
  strays.add(toDelivery('stray 2'), 2, '')
  strays.add(toDelivery('stray 3'), 3, '')
  const deliveries = ['b', 'c'].map(toDelivery)
  expect(messagesOf(strays.mergeInto(deliveries, 1))).toEqual(['stray 1', 'b', 'stray 2', 'c', 'stray 3'])
  strays.clear()
  expect(strays.mergeInto(deliveries, 1)).toEqual(deliveries)
})

test('the first, the tenth and the hundredth stray of a reason are reported', () => {
  const strays = createStrays()
  const reported: string[] = []
  for (let count = 1; count <= 120; count += 1) {
    const delivery = strays.add(toDelivery('Refused.'), 0, 'evil.example')
    if (delivery) reported.push(delivery.message)
  }
  expect(reported).toEqual([
    'Refused.',
    'Refused. (10 requests were refused like this so far.)',
    'Refused. (100 requests were refused like this so far.)'
  ])
  expect(strays.mergeInto([], 0)).toHaveLength(MAX_STRAYS)
  expect(strays.add(toDelivery('Other.'), 0, 'other.example')?.message).toBe('Other.')
})

test('strays with ever new reasons are not all reported', () => {
  const strays = createStrays()
  const reports = Array.from({ length: 1_000 }, (_, index) => strays.add(toDelivery(''), 0, `${index}.example`))
  expect(reports.filter(Boolean).length).toBeLessThan(110)
})
