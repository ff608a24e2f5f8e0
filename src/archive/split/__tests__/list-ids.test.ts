import { ORDER_IDS } from '../../../checks'
import { toEvent } from '../../read/to-event'
import { listIds } from '../list-ids'

function scan(text: string) {
  const read = toEvent(text)
  return read.ok ? listIds(read.event) : undefined
}

const event = (more: object): string =>
  JSON.stringify({ type: 'track', event: 'Order Completed', messageId: 'm_1', ...more })

const NONE = { messageId: 'm_1', people: [], bids: [], orders: [] }

describe('The ids of an event are', () => {
  test('those of the person, the anonymous id first', () => {
    expect(scan(event({ userId: 'u_1', anonymousId: 'a_1' }))).toEqual({ ...NONE, people: ['a_1', 'u_1'] })
    expect(scan(event({ type: 'alias', userId: 'u_1', previousId: 'u_0' }))).toEqual({
      ...NONE,
      people: ['u_1', 'u_0']
    })
    expect(scan(event({ properties: { opaqueUserId: 'o_1' } }))).toEqual({ ...NONE, people: ['o_1'] })
  })

  test('all bids and orders, also those of products', () => {
    const products = [{ resolvedBidId: 'b_1' }, { resolvedBidId: 'b_2', order_id: 5 }]
    const found = scan(event({ properties: { products, orderId: 'o_1', resolvedBidId: null } }))
    expect(found).toEqual({ ...NONE, bids: ['b_1', 'b_2'], orders: ['5', 'o_1'] })
  })

  test.each(ORDER_IDS)('the order id under the name %s, which the checks read', (name) => {
    expect(scan(event({ properties: { [name]: 'o_1' } }))).toEqual({ ...NONE, orders: ['o_1'] })
  })

  test('not those of the same name in properties and traits', () => {
    const inner = { userId: 'x', anonymousId: 'x', messageId: 'x', previousId: 'x' }
    expect(scan(event({ properties: inner, traits: inner, context: { traits: inner } }))).toEqual(NONE)
  })

  test('not those in texts that look like JSON', () => {
    expect(scan(event({ properties: { name: '","userId":"x","resolvedBidId":"b' } }))).toEqual(NONE)
  })

  test('texts without the spaces around them, and numbers as texts', () => {
    const found = scan('{"type":"track","messageId" : 17 , "userId":\t1.50e1, "anonymousId" :" a " }')
    expect(found).toEqual({ ...NONE, messageId: '17', people: ['a', '15'] })
  })

  test.each([
    ['in a value', String.raw`{"type":"page","messageId":"m_1","userId":"J\u00f6rg \"J\""}`, 'Jörg "J"'],
    ['in a key', String.raw`{"type":"page","messageId":"m_1","user\u0049d":"Jörg"}`, 'Jörg']
  ])('read with their escapes %s', (_, text, userId) => {
    expect(scan(text)).toEqual({ ...NONE, people: [userId] })
  })

  test('the same however the event without a message id is written', () => {
    const one = scan('{"type":"page","userId":"u_1","name":"home"}')
    expect(one).toMatchObject({ messageId: expect.stringMatching(/^archive-/) as string, people: ['u_1'] })
    expect(scan('{ "name": "home", "userId": "u_1", "type": "page" }')).toEqual(one)
  })

  test('read whatever the letters of the event are', () => {
    const name = '漢字 \u0122 😀'
    expect(scan(event({ properties: { name }, userId: name }))).toEqual({ ...NONE, people: [name] })
  })
})

test.each(['', '[]', '17', '{"type":"track"', '{"type":"what"}', '{"messageId":"m_1","type":"track","a":"'])(
  'The text %j has no ids, because it is not an event',
  (text) => {
    expect(scan(text)).toBeUndefined()
  }
)
