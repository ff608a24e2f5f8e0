import { countsOf, direct, findingsOf, iso, listed, viewed } from '../../__tests__/shop'

const milk = { product_id: 'milk' }

describe('shared-id', () => {
  test('different calls with one message id are reported, except the first', () => {
    const observations = [viewed({ id: 'm' }), viewed({ id: 'm', properties: milk }), viewed({ id: 'm', at: 3_600 })]
    expect(countsOf(observations)).toEqual({ 'shared-id': 2 })
    expect(countsOf(observations.reverse())).toEqual({ 'shared-id': 2 })
  })

  test('the impressions of a list are reported if they have one id', () => {
    const list = listed({
      id: 'list',
      products: [
        { ...milk, position: 1 },
        { product_id: 'tea', position: 2 }
      ]
    })
    const [delivery] = list.deliveries
    const impressions = delivery.sent!.impressions!.map((impression) => ({ ...impression, id: 'list' }))
    const [finding] = findingsOf([{ ...list, deliveries: [{ ...delivery, sent: { impressions } }] }])
    expect(finding).toMatchObject({ code: 'shared-id', severity: 'loses data', count: 1 })
  })

  test('an event id that is mapped from a value that is not unique is reported', () => {
    const withId = (options: Parameters<typeof viewed>[0]) => {
      const view = viewed(options)
      const [delivery] = view.deliveries
      const impressions = delivery.sent!.impressions!.map((impression) => ({ ...impression, id: 'page-1' }))
      return { ...view, deliveries: [{ ...delivery, sent: { impressions } }] }
    }
    expect(countsOf([withId({}), withId({ properties: milk }), withId({ at: 600 })])).toEqual({ 'shared-id': 2 })
  })

  test('a view and a click of one call are not reported, although they have one id', () => {
    const view = viewed({ id: 'm' })
    const [delivery] = view.deliveries
    const click = { ...delivery, mapping: 'Click', action: 'click', sent: { clicks: delivery.sent!.impressions } }
    expect(countsOf([{ ...view, deliveries: [delivery, click] }])).toEqual({})
  })

  test('a list with an id for each product is not reported', () => {
    expect(
      countsOf([
        listed({
          products: [
            { ...milk, position: 1 },
            { ...milk, position: 2 }
          ]
        })
      ])
    ).toEqual({})
  })
})

describe('repeat-counted-once', () => {
  test('a repeated call is good news and changes no other finding', () => {
    const view = viewed({ properties: { resolvedBidId: 'bid' } })
    const [finding, ...others] = findingsOf([view, view, view])
    expect(others).toEqual([])
    expect(finding).toMatchObject({ code: 'repeat-counted-once', severity: 'good news', count: 2 })
  })

  test('a call that an SDK sends again after an hour is a repeat', () => {
    const again = viewed({ id: 'm', at: 0.3, receivedAt: 3_600 })
    expect(countsOf([viewed({ id: 'm' }), again])).toEqual({ 'repeat-counted-once': 1 })
  })

  test('a direct event that comes again with its id is a repeat', () => {
    const click = { id: 'sdk', occurredAt: iso(0), opaqueUserId: 'anna', resolvedBidId: 'bid' }
    expect(countsOf([direct({ clicks: [click] }), direct({ clicks: [click] })])).toEqual({ 'repeat-counted-once': 1 })
  })
})
