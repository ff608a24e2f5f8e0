import { auction, bannerClicked, clicked, countsOf, findingsOf } from '../../__tests__/shop'

const ad = { resolvedBidId: 'bid' }
const followUp = { ...ad, additionalAttribution: { type: 'product', id: 'yogurt' } }

test("a banner click is reported if the next click on a product does not have the banner's bid", () => {
  const observations = [bannerClicked({ id: 'banner', properties: ad }), clicked({ id: 'next', at: 30 })]
  expect(countsOf(observations)).toEqual({ 'banner-no-follow-up': 1 })
  expect(countsOf(observations.reverse())).toEqual({ 'banner-no-follow-up': 1 })
  expect(findingsOf(observations)[0].samples).toEqual([
    { messageId: 'banner', otherMessageId: 'next', user: 'anna', bid: 'bid', product: 'yogurt' }
  ])
})

test('a banner click with any event name is recognized by its auction', () => {
  const winners = [{ resolvedBidId: 'bid', format: 'banners' as const }]
  const hero = bannerClicked({ name: 'Hero Tapped', at: 1, properties: ad })
  expect(countsOf([auction({ winners }), hero, clicked({ at: 30 })])).toEqual({ 'banner-no-follow-up': 1 })
})

test('a banner click with a follow-up is not reported, even if the follow-up arrives late', () => {
  const observations = [
    bannerClicked({ properties: ad }),
    clicked({ at: 30, properties: followUp }),
    clicked({ at: 60, properties: { product_id: 'milk' } })
  ]
  expect(countsOf(observations)).toEqual({})
  expect(countsOf([observations[2], observations[0], observations[1]])).toEqual({})
})

test('a banner click with additionalAttribution needs no follow-up', () => {
  expect(countsOf([bannerClicked({ properties: followUp }), clicked({ at: 30 })])).toEqual({})
})

test.each([
  ['does not click', []],
  ['clicks on another ad', [clicked({ at: 30, properties: { resolvedBidId: 'other' } })]],
  ['clicks on a product on a later visit', [clicked({ at: 7_200 })]]
])('a user who %s after a banner click is not reported', (_, later) => {
  expect(countsOf([bannerClicked({ properties: ad }), ...later])).toEqual({})
})

test('a click on a product ad needs no follow-up', () => {
  expect(countsOf([clicked({ properties: ad }), clicked({ at: 30, properties: { product_id: 'milk' } })])).toEqual({})
})

test('a banner click is not reported if the follow-up comes after another click', () => {
  const observations = [
    bannerClicked({ properties: ad }),
    clicked({ at: 20, properties: { product_id: 'milk' } }),
    clicked({ at: 30, properties: followUp })
  ]
  expect(countsOf(observations)).toEqual({})
})
