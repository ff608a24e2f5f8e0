import { presets, find, suggestFor } from './suggest-for'
import { type Call, makeVisits, type Tile, type Tracking, type Visit } from './visits'

const { truth } = makeVisits()

/** Tracks a click and an order of each visit, with the properties that a test is about. */
function shop(
  click: (visit: Visit) => object,
  order: (visit: Visit & { order: NonNullable<Visit['order']> }) => Call[],
  more: (visit: Visit) => Call[] = () => []
): Tracking {
  return (visit) => [
    { event: 'Product Clicked', seconds: 0, properties: click(visit) },
    ...(visit.order ? order({ ...visit, order: visit.order }) : []),
    ...more(visit)
  ]
}

const toTile = ({ product, bid }: Tile): object => ({
  product_id: product.id,
  ...(bid !== undefined && { resolvedBidId: bid })
})

const clickOf = ({ clicked }: Visit): object => toTile(clicked)

const linesOf = ({ order }: Visit): object[] =>
  (order?.lines ?? []).map(({ product, quantity }) => ({ product_id: product.id, price: product.price, quantity }))

const orderOf = (visit: Visit, more: object = {}): Call => ({
  event: 'Order Completed',
  seconds: 60,
  properties: { order_id: visit.order?.id, total: visit.order?.total, products: linesOf(visit), ...more }
})

test('releases that name a property differently are both read', async () => {
  const suggestions = await suggestFor(
    shop(
      (visit) => {
        const { product, bid } = visit.clicked
        return visit.number % 3 === 0 ? { productID: product.id, bidId: bid } : clickOf(visit)
      },
      (visit) => [orderOf(visit)]
    )
  )
  expect(find(suggestions, 'Product Clicked').fields).toMatchObject([
    { field: 'productId', paths: ['$.properties.product_id', '$.properties.productID'] },
    { field: 'resolvedBidId', paths: ['$.properties.resolvedBidId', '$.properties.bidId'] }
  ])
  expect(suggestions.after).toMatchObject({ failed: 0, withBid: truth.clickedBids, afterClick: truth.orders })
})

test('orders of variants get the id that is clicked', async () => {
  const suggestions = await suggestFor(
    shop(clickOf, (visit) => {
      const lines = visit.order.lines.map(({ product, quantity }) => ({
        product_id: product.variant,
        parent_id: product.id,
        price: product.price,
        quantity
      }))
      return [orderOf(visit, { products: lines })]
    })
  )
  const { fields, before, after } = find(suggestions, 'Order Completed')
  expect(fields.find(({ field }) => field === 'items.productId')).toMatchObject({
    paths: ['$.parent_id'],
    candidates: [{ path: 'products[].product_id', meets: 0 }, { path: 'products[].parent_id' }]
  })
  expect([before.afterClick, after.afterClick]).toEqual([0, truth.orders])
})

test('the offers of an auction house are not taken for bids of ads', async () => {
  const suggestions = await suggestFor(
    shop(
      ({ clicked, number }) => ({ product_id: clicked.product.id, bid: 20 + number, bid_id: `b${number}` }),
      (visit) => [orderOf(visit)]
    )
  )
  expect(suggestions.suggestions).toEqual([])
  expect(suggestions.needs).toMatchObject([{ code: 'no-bid' }])
})

test('invoices, quotes and shipments are not suggested as orders', async () => {
  const lines = (visit: Visit): object => ({
    items: visit.tiles.map(({ product }) => ({ product_id: product.id, price: product.price, quantity: 1 }))
  })
  const suggestions = await suggestFor((visit) => [
    { event: 'Quote Requested', properties: { quote_id: `q${visit.number}`, ...lines(visit) } },
    { event: 'Order Shipped', properties: { order_id: `o${visit.number}`, ...lines(visit) } },
    {
      event: 'Invoice Paid',
      properties: { invoice_id: `i${visit.number}`, items: [{ id: 'seat', price: 9, quantity: 2 }] }
    }
  ])
  expect(suggestions.suggestions).toEqual([])
  expect(suggestions.leftOut).toMatchObject([{ name: 'Order Shipped' }])
  expect(suggestions.worthALook).toMatchObject([{ name: 'Invoice Paid', looksLike: 'purchases' }])
})

test('clicks on parts of a product page are only worth a look', async () => {
  const suggestions = await suggestFor(
    shop(
      clickOf,
      (visit) => [orderOf(visit)],
      ({ clicked }) => [
        { event: 'Size Selected', seconds: 20, properties: { product_id: clicked.product.id } },
        { event: 'Product Image Clicked', seconds: 30, properties: { product_id: clicked.product.id } }
      ]
    )
  )
  expect(suggestions.suggestions).toEqual([])
  expect(suggestions.worthALook.map(({ name }) => name).sort()).toEqual(['Product Image Clicked', 'Size Selected'])
})

test('one tap that is reported twice is mapped once', async () => {
  const suggestions = await suggestFor(
    shop(
      clickOf,
      (visit) => [orderOf(visit)],
      ({ clicked }) => [{ event: 'select_item', seconds: 1, properties: { items: [{ item_id: clicked.product.id }] } }]
    )
  )
  expect(suggestions.suggestions).toEqual([])
  expect(suggestions.leftOut).toEqual([
    {
      name: 'select_item',
      count: truth.visits,
      why: '100.0 % of them report the same tap as "Product Clicked". Topsort would get it twice.'
    }
  ])
})

test('two lists that are shown at once are both mapped', async () => {
  const suggestions = await suggestFor(({ tiles }) => [
    { event: 'Category List Viewed', seconds: 0, properties: { products: tiles.slice(0, 3).map(toTile) } },
    { event: 'Recommended List Viewed', seconds: 1, properties: { products: tiles.slice(3).map(toTile) } }
  ])
  expect(suggestions.leftOut).toEqual([])
  expect(suggestions.suggestions.map(({ mapping }) => mapping.subscribe)).toEqual([
    'type = "track" and (event = "Category List Viewed" or event = "Recommended List Viewed")'
  ])
})

test('orders that are reported again get their number as id', async () => {
  const suggestions = await suggestFor(
    shop(clickOf, (visit) => {
      const again = visit.number % 30 === 0 ? [{ ...orderOf(visit), seconds: 900 }] : []
      return [orderOf(visit), ...again]
    })
  )
  const { mapping, before, after } = find(suggestions, 'Order Completed')
  expect(mapping.mapping.id).toMatchObject({ '@if': { then: { '@path': '$.properties.order_id' } } })
  expect([before.twice, after.twice]).toEqual([17, 0])
  expect(after.revenue).toEqual({ unknown: truth.revenue })
})

test('a list of products is told from lists of coupons and gifts', async () => {
  const suggestions = await suggestFor(
    shop(clickOf, (visit) => {
      const basket = visit.order.lines.map(({ product, quantity }) => ({
        product_id: product.id,
        price: product.price,
        qty: quantity
      }))
      const properties = {
        order_id: visit.order.id,
        value: visit.order.total,
        coupons: [{ id: 'c1', amount: 5 }],
        gifts: [{ product_id: 'g1', price: 0, quantity: 1 }],
        basket
      }
      return [{ event: 'purchase', properties }]
    })
  )
  expect(find(suggestions, 'purchase').mapping.mapping.items).toMatchObject({
    '@arrayPath': [
      '$.properties.basket',
      { productId: {}, unitPrice: { '@path': '$.price' }, quantity: { '@path': '$.qty' } }
    ]
  })
})

test('orders that were cancelled are left out by the trigger', async () => {
  const suggestions = await suggestFor(
    shop(clickOf, (visit) => [orderOf(visit, { status: visit.number % 9 === 0 ? 'cancelled' : 'paid' })])
  )
  const { mapping, except, before, after } = find(suggestions, 'Order Completed')
  expect(mapping.subscribe).toBe('type = "track" and event = "Order Completed" and properties.status != "cancelled"')
  expect(except).toBe('status is "cancelled" (56 cancelled, refunded or not placed)')
  expect([before.unwanted, after.unwanted]).toEqual([56, 0])
})

test('a list that is JSON text is named, and nothing else is said of its orders', async () => {
  const { needs } = await suggestFor(
    shop(clickOf, (visit) => [orderOf(visit, { products: JSON.stringify(linesOf(visit)) })])
  )
  expect(needs).toMatchObject([{ code: 'list-unreadable', name: 'Order Completed' }])
})

test('shops without page calls get their page views mapped', async () => {
  const suggestions = await suggestFor((visit) => [
    { event: 'page_view', context: {}, properties: { page_location: `https://shop.example/p/${visit.number}` } }
  ])
  const { mapping, after } = find(suggestions, 'page_view')
  expect(mapping).toMatchObject({ name: 'Page Views', subscribe: 'type = "track" and event = "page_view"' })
  expect(after.delivered).toBe(truth.visits)
})

describe('A customer with mappings', () => {
  const own = (changes: Record<string, object>) =>
    presets.map((mapping) => ({ ...mapping, mapping: { ...mapping.mapping, ...changes[mapping.name] } }))
  const tracking = shop(clickOf, (visit) => [orderOf(visit)])

  test('keeps them as they are if they fit in another way', async () => {
    const mappings = own({ Click: { productId: { '@path': '$.properties.product_id' } } })
    const suggestions = await suggestFor(tracking, mappings)
    expect(suggestions.suggestions).toEqual([])
    expect(suggestions.mappings).toEqual(mappings)
  })

  test('gets only the paths corrected that do not fit', async () => {
    const mappings = own({ Click: { productId: { '@path': '$.properties.wrong' }, channel: 'onsite' } })
    const suggestions = await suggestFor(tracking, mappings)
    const [preset] = presets.filter(({ name }) => name === 'Click')
    expect(suggestions.suggestions.map(({ mapping }) => mapping)).toEqual([
      { ...preset, mapping: { ...preset.mapping, channel: 'onsite' } }
    ])
  })

  test('is told to give events a mapping of their own if one mapping takes several names', async () => {
    const mappings = presets.map((mapping) =>
      mapping.name === 'Click'
        ? { ...mapping, subscribe: 'type = "track" and (event = "Product Clicked" or event = "Teaser Clicked")' }
        : mapping
    )
    const suggestions = await suggestFor(
      shop(
        clickOf,
        (visit) => [orderOf(visit)],
        ({ tiles }) => [
          { event: 'Teaser Clicked', seconds: 400, properties: { teaser: { articleId: tiles[5].product.id } } }
        ]
      ),
      mappings
    )
    expect(suggestions.suggestions).toEqual([])
    expect(suggestions.worthALook).toEqual([
      {
        name: 'Teaser Clicked',
        count: truth.visits,
        looksLike: 'clicks',
        why: 'The mapping "Click" also takes "Product Clicked", and fits them. Give "Teaser Clicked" a mapping of its own.'
      }
    ])
  })
})
