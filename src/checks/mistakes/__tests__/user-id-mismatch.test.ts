import { clicked, countsOf, findingsOf, identified, link, ordered } from '../../__tests__/shop'

const order = { id: 'order', at: 60, anonymousId: null, userId: 'customer-1' }

test('an order under the id of a logged-in user does not match the clicks before the login', () => {
  const observations = [clicked({ id: 'click' }), identified({ at: 30, userId: 'customer-1' }), ordered(order)]
  const expected = { 'user-id-mismatch': 1 }
  expect(countsOf(observations)).toEqual(expected)
  expect(countsOf(observations.reverse())).toEqual(expected)
  expect(findingsOf(observations)[0].samples).toEqual([
    {
      messageId: 'order',
      otherMessageId: 'click',
      user: 'customer-1',
      otherUser: 'anna',
      product: 'yogurt'
    }
  ])
})

test('an order that has both ids, and goes out with the other one, does not match', () => {
  const properties = { opaqueUserId: 'customer-1' }
  expect(countsOf([clicked(), ordered({ at: 60, userId: 'customer-1', properties })])).toEqual({
    'user-id-mismatch': 1
  })
})

test('an order with the id of the clicks is right, also for a user who logged in', () => {
  const observations = [
    clicked(),
    identified({ at: 30, userId: 'customer-1' }),
    ordered({ at: 60, userId: 'customer-1' })
  ]
  expect(countsOf(observations)).toEqual({})
})

test('ids that Topsort was told to join are right, whenever it was told', () => {
  const identify = identified({ at: 30, userId: 'customer-1' })
  expect(countsOf([clicked(), link('anna', 'customer-1'), ordered(order)])).toEqual({})
  expect(countsOf([clicked(), identify, ordered(order), link('anna', 'customer-1')])).toEqual({})
})

test('an order with a click of its own id is right, even if the person has clicks under another id', () => {
  const observations = [
    clicked(),
    identified({ at: 30, userId: 'customer-1' }),
    clicked({ at: 40, anonymousId: null, userId: 'customer-1' }),
    ordered(order)
  ]
  expect(countsOf(observations)).toEqual({})
})

test('an id that many people share, such as guest, joins few of them', () => {
  const guests = Array.from({ length: 60 }, (_, index) =>
    clicked({ at: index, anonymousId: `guest-${index}`, userId: 'guest' })
  )
  expect(countsOf([...guests, ordered({ at: 99, anonymousId: 'guest-59', userId: 'guest' })])).toEqual({})
  expect(countsOf([...guests, ordered({ at: 99, anonymousId: 'new', userId: 'guest' })])).toEqual({
    'no-interaction': 1
  })
})
