import { clicked, countsOf, findingsOf, listed } from '../../__tests__/shop'

const failed = (reason: { code: string; [part: string]: unknown }) => ({ ok: false, reason, sent: undefined })
const encoded = { code: 'bid_encoded_or_cut', value: '"made%3D%3D"' }

test('a bid that was encoded on its way is reported', () => {
  const click = clicked({ id: 'c', properties: { resolvedBidId: 'made%3D%3D' }, delivery: failed(encoded) })
  const [finding] = findingsOf([click])
  expect(finding).toMatchObject({
    code: 'encoded-bid',
    count: 1,
    samples: [{ messageId: 'c', user: 'anna', product: 'yogurt', bid: 'made%3D%3D' }]
  })
})

test('the product that is left out of a list because of its bid is the sample', () => {
  const products = [
    { product_id: 'yogurt', position: 1, resolvedBidId: 'good' },
    { product_id: 'milk', position: 2, resolvedBidId: 'made up' }
  ]
  const problems = [{ code: 'bid_encoded_or_cut', value: '"made up"', products: [2] }]
  const reason = { code: 'products_left_out', count: 1, of: 2, problems }
  const [first] = listed({ id: 'list', products }).deliveries
  const sent = { impressions: first.sent!.impressions!.slice(0, 1) }
  const findings = findingsOf([listed({ id: 'list', products, delivery: { reason, sent } })])
  expect(findings.map(({ code }) => code)).toEqual(['encoded-bid'])
  expect(findings[0].samples).toEqual([{ messageId: 'list', user: 'anna', bid: 'made up', product: 'milk' }])
})

test('an encoded bid is reported if the event fails for another reason first', () => {
  const reason = { code: 'time_invalid', value: '"x"' }
  expect(countsOf([clicked({ properties: { resolvedBidId: 'made up' }, delivery: failed(reason) })])).toMatchObject({
    'encoded-bid': 1
  })
})

test.each(['made+up/==', ' made== ', 'made-up_'])('the bid %j is not reported', (resolvedBidId) => {
  expect(countsOf([clicked({ properties: { resolvedBidId } })])).toEqual({})
})

test('an encoded property is not reported if the mapping reads the bid from another one', () => {
  const click = clicked({ properties: { resolvedBidId: 'made%3D' } })
  const [delivery] = click.deliveries
  const clicks = delivery.sent!.clicks!.map((wire) => ({ ...wire, resolvedBidId: 'made=' }))
  expect(countsOf([{ ...click, deliveries: [{ ...delivery, sent: { clicks } }] }])).toEqual({})
})
