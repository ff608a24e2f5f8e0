import { countsOf, direct, findingsOf, iso, listed, viewed } from '../../__tests__/shop'

const milk = { product_id: 'milk' }

describe('shared-id', () => {
  test('calls about different things with one message id lose all but the first', () => {
    const observations = [viewed({ id: 'm' }), viewed({ id: 'm', properties: milk }), viewed({ id: 'm', at: 3_600 })]
    expect(countsOf(observations)).toEqual({ 'shared-id': 2 })
    expect(countsOf(observations.reverse())).toEqual({ 'shared-id': 2 })
  })

  test('impressions of a list with one id are told', () => {
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

  test('an event id that is mapped from something that is not unique is told', () => {
    const withId = (told: Parameters<typeof viewed>[0]) => {
      const view = viewed(told)
      const [delivery] = view.deliveries
      const impressions = delivery.sent!.impressions!.map((impression) => ({ ...impression, id: 'page-1' }))
      return { ...view, deliveries: [{ ...delivery, sent: { impressions } }] }
    }
    expect(countsOf([withId({}), withId({ properties: milk }), withId({ at: 600 })])).toEqual({ 'shared-id': 2 })
  })

  test('a view and a click of one call have one id, and are right', () => {
    const view = viewed({ id: 'm' })
    const [delivery] = view.deliveries
    const click = { ...delivery, mapping: 'Click', action: 'click', sent: { clicks: delivery.sent!.impressions } }
    expect(countsOf([{ ...view, deliveries: [delivery, click] }])).toEqual({})
  })

  test('a list with an id for each product is right', () => {
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
  test('the same call again is good news, and changes nothing else', () => {
    const view = viewed({ properties: { resolvedBidId: 'bid' } })
    const [finding, ...others] = findingsOf([view, view, view])
    expect(others).toEqual([])
    expect(finding).toMatchObject({ code: 'repeat-counted-once', severity: 'good news', count: 2 })
  })

  test('a call that an SDK sends again after an hour keeps its time, and is a repeat', () => {
    const again = viewed({ id: 'm', at: 0.3, receivedAt: 3_600 })
    expect(countsOf([viewed({ id: 'm' }), again])).toEqual({ 'repeat-counted-once': 1 })
  })

  test('the same direct event again is a repeat', () => {
    const click = { id: 'sdk', occurredAt: iso(0), opaqueUserId: 'anna', resolvedBidId: 'bid' }
    expect(countsOf([direct({ clicks: [click] }), direct({ clicks: [click] })])).toEqual({ 'repeat-counted-once': 1 })
  })
})
