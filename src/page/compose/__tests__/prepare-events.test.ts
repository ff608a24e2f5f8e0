import { prepareEvents } from '../prepare-events'

const NOW = Date.parse('2026-01-31T12:00:00Z')
const shopper = { user: 'ann', bid: 'bid-1', now: NOW, run: 'run-1', isRepeated: false }

describe('prepareEvents', () => {
  test('fills in the user and the bid at any place of an event', () => {
    const [event] = prepareEvents(
      [{ anonymousId: '{{user}}', properties: { products: [{ resolvedBidId: '{{bid}}' }], note: 'of {{user}}' } }],
      shopper
    )
    expect(event).toMatchObject({
      anonymousId: 'ann',
      properties: { products: [{ resolvedBidId: 'bid-1' }], note: 'of ann' }
    })
  })

  test('gives events the times of a sequence that ends now', () => {
    const times = prepareEvents([{}, {}, {}], shopper).map(({ timestamp }) => timestamp)
    expect(times).toEqual(['2026-01-31T11:59:59.998Z', '2026-01-31T11:59:59.999Z', '2026-01-31T12:00:00.000Z'])
  })

  test('keeps the time and the id of an event that has them', () => {
    const event = { timestamp: '2026-01-01T00:00:00Z', messageId: 'm1' }
    expect(prepareEvents([event], shopper)).toEqual([event])
  })

  test('gives an event that is sent repeatedly a new id each time', () => {
    const ids = [1, 2].flatMap(() =>
      prepareEvents([{ messageId: 'm1' }, {}], { ...shopper, isRepeated: true }).map(({ messageId }) => messageId)
    )
    expect(ids).not.toContain('m1')
    expect(new Set(ids).size).toBe(4)
    expect(ids.every((id) => String(id).startsWith('run-1-'))).toBe(true)
  })
})
