import { clicked, countsOf, findingsOf, identified, link, ordered } from '../../__tests__/shop'

const order = { id: 'order', at: 60, anonymousId: null, userId: 'customer-1' }

test('an order with the user id is reported if the clicks before the login have the anonymous id', () => {
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

test('an order that has both ids is reported if it is sent with the wrong one', () => {
  const properties = { opaqueUserId: 'customer-1' }
  expect(countsOf([clicked(), ordered({ at: 60, userId: 'customer-1', properties })])).toEqual({
    'user-id-mismatch': 1
  })
})

test('an order with the id of the clicks is not reported, even after a login', () => {
  const observations = [
    clicked(),
    identified({ at: 30, userId: 'customer-1' }),
    ordered({ at: 60, userId: 'customer-1' })
  ]
  expect(countsOf(observations)).toEqual({})
})

test('linked ids are not reported, before and after the link', () => {
  const identify = identified({ at: 30, userId: 'customer-1' })
  expect(countsOf([clicked(), link('anna', 'customer-1'), ordered(order)])).toEqual({})
  expect(countsOf([clicked(), identify, ordered(order), link('anna', 'customer-1')])).toEqual({})
})

test('an order with a click of its own id is not reported, even if the person has clicks with another id', () => {
  const observations = [
    clicked(),
    identified({ at: 30, userId: 'customer-1' }),
    clicked({ at: 40, anonymousId: null, userId: 'customer-1' }),
    ordered(order)
  ]
  expect(countsOf(observations)).toEqual({})
})

test('an id that many people share, such as guest, joins only a few of them', () => {
  const guests = Array.from({ length: 60 }, (_, index) =>
    clicked({ at: index, anonymousId: `guest-${index}`, userId: 'guest' })
  )
  expect(countsOf([...guests, ordered({ at: 99, anonymousId: 'guest-59', userId: 'guest' })])).toEqual({})
  expect(countsOf([...guests, ordered({ at: 99, anonymousId: 'new', userId: 'guest' })])).toEqual({
    'no-interaction': 1
  })
})
