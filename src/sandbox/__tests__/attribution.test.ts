import { type AttributionChanges, createSandbox, type EventsByType, parseAttributionSettings } from '..'
import { report } from './events'

const MINUTE = 60_000
const DAY = 86_400_000
/** The time of the order, unless a test gives another one. */
const ORDER = Date.parse('2026-03-01T12:00:00Z')

type Click = EventsByType['clicks']
type Item = EventsByType['purchases']['items'][number]

/** Opens a sandbox with helpers for the events of a shop. Times are in milliseconds before the order. */
function openShop(changes: AttributionChanges = {}) {
  let clock = ORDER
  const sandbox = createSandbox({ now: () => clock })
  sandbox.changeAttribution(changes)

  const post = async (path: string, body: unknown) => {
    const response = await sandbox.app.request(path, report(body))
    if (!response.ok) throw new Error(await response.text())
    return response
  }
  const at = (before: number) => new Date(ORDER - before).toISOString()

  /** Runs an auction that `id` wins, and returns its bid. */
  const win = async (before: number, id: string, options: object = {}, type = 'product'): Promise<string> => {
    clock = ORDER - before
    sandbox.scriptAuctions([{ times: 1, winners: [{ id, type: type as 'product' }] }])
    const auction = { type: 'listings', slots: 1, products: { ids: [id] }, ...options }
    const response = await post('/v2/auctions', { auctions: [auction] })
    clock = ORDER + 100 * DAY
    const { results } = (await response.json()) as { results: [{ winners: [{ resolvedBidId: string }] }] }
    return results[0].winners[0].resolvedBidId
  }
  const interact = (list: 'clicks' | 'impressions') => (id: string, before: number, event: Partial<Click>) =>
    post('/v2/events', { [list]: [{ id, occurredAt: at(before), opaqueUserId: 'u1', ...event }] })
  const order = (items: Item[], { id = 'order', user = 'u1', before = 0 } = {}) =>
    post('/v2/events', { purchases: [{ id, occurredAt: at(before), opaqueUserId: user, items }] })
  const link = (from: string, to: string) => post('/v2/events/beta/link-users', { from, to })
  const firstLine = () => sandbox.attribution().lines[0]

  return { ...sandbox, win, click: interact('clicks'), see: interact('impressions'), order, link, firstLine }
}

const banners = { type: 'banners', slotId: 'home' }
const oneOf = (productId: string, vendorId?: string): Item[] => [{ productId, unitPrice: 2.5, quantity: 2, vendorId }]
const additionalAttribution = (id: string) => ({ additionalAttribution: { type: 'product', id } as const })

describe('attribution', () => {
  test('says for each order line what gets the credit, and that Topsort decides in production', async () => {
    const { win, click, order, attribution } = openShop()
    const resolvedBidId = await win(10 * MINUTE, 'p_1', { opaqueUserId: 'u1' })
    await click('c1', 5 * MINUTE, { resolvedBidId })
    await order([
      { productId: 'p_1', unitPrice: 0.1, quantity: 3 },
      { productId: 'p_2', unitPrice: 4 }
    ])
    expect(attribution()).toEqual({
      note: "This is an explanation by Topsort's published rules. In production, Topsort's own attribution engine decides.",
      settings: {
        listings: { model: 'last-click', windowDays: 14 },
        brands: { model: 'last-click', windowDays: 14 },
        banners: { model: 'last-click', windowDays: 14 },
        halo: false
      },
      lines: [
        {
          purchaseId: 'order',
          line: 1,
          productId: 'p_1',
          opaqueUserId: 'u1',
          revenue: 0.3,
          credited: { type: 'click', id: 'c1', resolvedBidId },
          reason: 'The last click on this product in listings came 5 minutes before the order.'
        },
        {
          purchaseId: 'order',
          line: 2,
          productId: 'p_2',
          opaqueUserId: 'u1',
          revenue: 4,
          credited: null,
          reason: 'No sponsored click or impression of this user is on this product. Click "c1" is on product "p_1".',
          code: 'other_product',
          related: { type: 'click', id: 'c1' }
        }
      ],
      totals: { lines: 2, creditedLines: 1, revenue: 4.3, creditedRevenue: 0.3 }
    })
  })

  test('attribution is empty without orders', () => {
    const { attribution } = openShop()
    expect(attribution()).toMatchObject({
      lines: [],
      totals: { lines: 0, creditedLines: 0, revenue: 0, creditedRevenue: 0 }
    })
  })

  test('lists the oldest order first, in any order of arrival', async () => {
    const { order, attribution } = openShop()
    await order(oneOf('p_1'), { id: 'new' })
    await order(oneOf('p_1'), { id: 'old', before: DAY })
    expect(attribution().lines.map(({ purchaseId }) => purchaseId)).toEqual(['old', 'new'])
  })

  test('attribution is emptied by forget(), which keeps the settings', async () => {
    const { order, click, attribution, forget } = openShop({ halo: true })
    await click('c1', 1, { resolvedBidId: 'b', entity: { type: 'product', id: 'p_1' } })
    await order(oneOf('p_1'))
    forget()
    await order(oneOf('p_1'))
    expect(attribution()).toMatchObject({ settings: { halo: true }, lines: [{ credited: null }] })
  })
})

describe('the credit for an order line', () => {
  test('the credit for an order line goes to the last click before the order', async () => {
    const { win, click, order, firstLine } = openShop()
    const [first, second] = [await win(DAY, 'p_1'), await win(DAY, 'p_1')]
    await click('c2', MINUTE, { resolvedBidId: second })
    await click('c1', 2 * MINUTE, { resolvedBidId: first })
    await click('later', -MINUTE, { resolvedBidId: first })
    await order(oneOf('p_1'))
    expect(firstLine().credited).toEqual({ type: 'click', id: 'c2', resolvedBidId: second })
  })

  test('the credit for an order line goes to a click at the time of the order, or exactly at the start of the window', async () => {
    for (const before of [0, 14 * DAY]) {
      const { win, click, order, firstLine } = openShop()
      await click('c1', before, { resolvedBidId: await win(before, 'p_1') })
      await order(oneOf('p_1'))
      expect(firstLine().credited).toMatchObject({ id: 'c1' })
    }
  })

  test('the credit for an order line goes to a click in the same second as the auction, because some SDKs send whole seconds', async () => {
    const { win, click, order, firstLine } = openShop()
    await click('c1', 0, { resolvedBidId: await win(-999, 'p_1') })
    await order(oneOf('p_1'))
    expect(firstLine().credited).toMatchObject({ id: 'c1' })
  })

  test('the credit for an order line goes to a click rather than to a later impression', async () => {
    const { win, click, see, order, firstLine } = openShop({ model: 'last-impression' })
    const resolvedBidId = await win(DAY, 'p_1')
    await click('c1', 2 * MINUTE, { resolvedBidId })
    await see('i1', MINUTE, { resolvedBidId })
    await order(oneOf('p_1'))
    expect(firstLine().credited).toMatchObject({ type: 'click', id: 'c1' })
  })

  test('the credit for an order line goes to the last impression if there is no click and the model is last-impression', async () => {
    const { win, see, order, firstLine } = openShop({ model: 'last-impression' })
    const resolvedBidId = await win(DAY, 'p_1')
    await see('i1', 2 * MINUTE, { resolvedBidId })
    await see('i2', MINUTE, { resolvedBidId })
    await order(oneOf('p_1'))
    expect(firstLine()).toMatchObject({
      credited: { type: 'impression', id: 'i2', resolvedBidId },
      reason: 'The last impression on this product in listings came 1 minute before the order.'
    })
  })

  test('the credit for an order line depends only on the first of several events with one id', async () => {
    const { win, click, order, attribution } = openShop()
    const [first, second] = [await win(DAY, 'p_1'), await win(DAY, 'p_2')]
    await click('c1', 2 * MINUTE, { resolvedBidId: first })
    await click('c1', MINUTE, { resolvedBidId: second })
    await order(oneOf('p_1'))
    await order([...oneOf('p_2'), ...oneOf('p_2')])
    expect(attribution().lines).toMatchObject([{ productId: 'p_1', credited: { id: 'c1', resolvedBidId: first } }])
    await order(oneOf('p_2'), { id: 'another' })
    expect(attribution().lines).toMatchObject([{ purchaseId: 'another', credited: null }, { purchaseId: 'order' }])
  })

  test('the credit for an order line goes to a listing rather than to a later banner', async () => {
    const { win, click, order, firstLine } = openShop()
    await click('c1', 2 * MINUTE, { resolvedBidId: await win(DAY, 'p_1') })
    await click('c2', MINUTE, { resolvedBidId: await win(DAY, 'p_9', banners), ...additionalAttribution('p_1') })
    await order(oneOf('p_1'))
    expect(firstLine().credited).toMatchObject({ id: 'c1' })
  })

  test('the credit for an order line goes to the follow-up click of a banner', async () => {
    const { win, click, order, firstLine } = openShop()
    const resolvedBidId = await win(DAY, 'v_1', banners, 'vendor')
    await click('banner', 2 * MINUTE, { resolvedBidId })
    await click('follow-up', MINUTE, { resolvedBidId, ...additionalAttribution('p_1') })
    await order(oneOf('p_1'))
    expect(firstLine()).toMatchObject({
      credited: { id: 'follow-up' },
      reason: 'The last click on this product in banners came 1 minute before the order.'
    })
  })

  test('the credit for an order line goes to another product of the vendor with halo attribution', async () => {
    const { win, click, order, firstLine } = openShop({ halo: true })
    await click('c1', MINUTE, { resolvedBidId: await win(DAY, 'p_PJbnN') })
    await order(oneOf('p_ojng4', 'v_alpine'))
    expect(firstLine()).toMatchObject({
      credited: { id: 'c1' },
      reason: 'The last click on a product of vendor "v_alpine" (halo) in listings came 1 minute before the order.'
    })
  })

  test('the credit for an order line goes to the same product rather than to a later click on another product of the vendor', async () => {
    const { win, click, order, firstLine } = openShop({ halo: true })
    await click('c1', 2 * MINUTE, { resolvedBidId: await win(DAY, 'p_PJbnN') })
    await click('c2', MINUTE, { resolvedBidId: await win(DAY, 'p_ojng4') })
    await order(oneOf('p_PJbnN', 'v_alpine'))
    expect(firstLine().credited).toMatchObject({ id: 'c1' })
  })

  test('the credit for an order line goes to a linked user id, in either direction and through a third one', async () => {
    for (const links of [
      [['anonymous', 'u1']],
      [['u1', 'anonymous']],
      [
        ['anonymous', 'm'],
        ['u1', 'm']
      ]
    ]) {
      const { win, click, order, link, firstLine } = openShop()
      await click('c1', MINUTE, { resolvedBidId: await win(DAY, 'p_1'), opaqueUserId: 'anonymous' })
      await order(oneOf('p_1'))
      for (const [from, to] of links) await link(from, to)
      expect(firstLine()).toMatchObject({
        credited: { id: 'c1' },
        reason:
          'The last click on this product in listings came 1 minute before the order. Its user id "anonymous" is linked to "u1".'
      })
    }
  })

  test('uses assumptions for a bid that no auction returned, and says so', async () => {
    const assumed = 'No auction here gave its bid, so its format and product are assumed from the event.'
    const listing = openShop()
    await listing.click('c1', MINUTE, { resolvedBidId: 'made-up', entity: { type: 'product', id: 'p_1' } })
    await listing.order(oneOf('p_1'))
    expect(listing.firstLine().reason).toBe(
      `The last click on this product in listings came 1 minute before the order. ${assumed}`
    )
    const banner = openShop()
    await banner.click('c1', MINUTE, { resolvedBidId: 'made-up', ...additionalAttribution('p_1') })
    await banner.order(oneOf('p_1'))
    expect(banner.firstLine().reason).toBe(
      `The last click on this product in banners came 1 minute before the order. ${assumed}`
    )
  })

  test('the credit for an order line goes to an ad of the vendor of the line, and to an ad whose vendor is not known', async () => {
    for (const [product, vendor, isCredited] of [
      ['p_PJbnN', 'v_alpine', true],
      ['p_PJbnN', 'v_other', false],
      ['p_PJbnN', undefined, true],
      ['p_unknown', 'v_other', true]
    ] as const) {
      const { win, click, order, firstLine } = openShop()
      await click('c1', MINUTE, { resolvedBidId: await win(DAY, product) })
      await order(oneOf(product, vendor))
      expect([product, vendor, firstLine().credited !== null]).toEqual([product, vendor, isCredited])
    }
  })

  test('the credit for an order line goes to an ad of a vendor with halo, even if its click names no product', async () => {
    const { win, click, order, firstLine } = openShop({ halo: true })
    await click('c1', MINUTE, { resolvedBidId: await win(DAY, 'v_1', banners, 'vendor') })
    await order(oneOf('p_1', 'v_1'))
    expect(firstLine().reason).toBe(
      'The last click on an ad of vendor "v_1" (halo) in banners came 1 minute before the order.'
    )
  })

  test('uses the model of the format', async () => {
    const { win, see, order, changeAttribution, firstLine } = openShop({ banners: { model: 'last-impression' } })
    await see('listing', MINUTE, { resolvedBidId: await win(DAY, 'p_1') })
    await order(oneOf('p_1'))
    expect(firstLine().credited).toBeNull()
    await see('banner', 2 * MINUTE, { resolvedBidId: await win(DAY, 'p_9', banners), ...additionalAttribution('p_1') })
    expect(firstLine().credited).toMatchObject({ type: 'impression', id: 'banner' })
    changeAttribution({ listings: { model: 'last-impression' } })
    expect(firstLine().credited).toMatchObject({ type: 'impression', id: 'listing' })
  })

  test('uses the window of the format', async () => {
    const { win, click, order, changeAttribution, firstLine } = openShop({ windowDays: { banners: 3 } })
    await click('c1', 5 * DAY, { resolvedBidId: await win(6 * DAY, 'p_9', banners), ...additionalAttribution('p_1') })
    await order(oneOf('p_1'))
    expect(firstLine().credited).toBeNull()
    changeAttribution({ windowDays: { listings: 1, banners: 5 } })
    expect(firstLine().credited).toMatchObject({ id: 'c1' })
  })
})

describe('a line without credit says why:', () => {
  const reasonFor = async (
    changes: AttributionChanges,
    tell: (shop: ReturnType<typeof openShop>) => Promise<void>,
    items = oneOf('p_1', 'v_alpine')
  ) => {
    const shop = openShop(changes)
    await tell(shop)
    await shop.order(items)
    expect(shop.firstLine().credited).toBeNull()
    return shop.firstLine().reason
  }
  const samePerson = 'If that is the same person, send one opaqueUserId everywhere, or link the two user ids.'

  test('the user did nothing', async () => {
    expect(await reasonFor({}, () => Promise.resolve())).toBe(
      'User id "u1" has no sponsored click or impression before this order.'
    )
  })

  test('the click is outside the window', async () => {
    const reason = await reasonFor({}, async ({ win, click }) => {
      await click('c1', 14 * DAY + 1, { resolvedBidId: await win(15 * DAY, 'p_1') })
    })
    expect(reason).toBe('Click "c1" came 14 days before the order. The window for listings is 14 days.')
  })

  test('the click came after the order', async () => {
    const reason = await reasonFor({}, async ({ win, click }) => {
      await click('c1', -1, { resolvedBidId: await win(DAY, 'p_1') })
    })
    expect(reason).toBe('Click "c1" came only after the order.')
  })

  test('the auction ran after the order', async () => {
    const reason = await reasonFor({}, async ({ win, click }) => {
      await click('c1', MINUTE, { resolvedBidId: await win(-MINUTE, 'p_1') })
    })
    expect(reason).toBe(
      'Click "c1" belongs to an auction that ran at 2026-03-01T12:01:00.000Z, after the order at 2026-03-01T12:00:00.000Z. An order is never credited to a later auction.'
    )
  })

  test('there are only impressions', async () => {
    const reason = await reasonFor({}, async ({ win, see }) => {
      await see('i1', MINUTE, { resolvedBidId: await win(DAY, 'p_1') })
    })
    expect(reason).toBe('Impression "i1" was not followed by a click. With the model last-click, only clicks count.')
  })

  test('the click is on another product of the vendor, and halo is off', async () => {
    const reason = await reasonFor({}, async ({ win, click }) => {
      await click('c1', MINUTE, { resolvedBidId: await win(DAY, 'p_PJbnN') })
    })
    expect(reason).toBe('Click "c1" is on another product of vendor "v_alpine". Halo attribution is off.')
  })

  test('the click is on another product, and the line has no vendor for halo', async () => {
    const reason = await reasonFor(
      { halo: true },
      async ({ win, click }) => {
        await click('c1', MINUTE, { resolvedBidId: await win(DAY, 'p_PJbnN') })
      },
      oneOf('p_1')
    )
    expect(reason).toBe(
      'No sponsored click or impression of this user is on this product. Click "c1" is on product "p_PJbnN". Halo attribution needs a vendorId on the order line.'
    )
  })

  test('the click on a banner has no follow-up', async () => {
    const reason = await reasonFor({}, async ({ win, click }) => {
      await click('c1', MINUTE, { resolvedBidId: await win(DAY, 'p_1', banners) })
    })
    expect(reason).toBe(
      'Click "c1" is on a banner and names no product. Report the click on the product too, with the resolvedBidId of the banner and with additionalAttribution.'
    )
  })

  test('the click on a banner has no follow-up, and the very product of the banner was ordered', async () => {
    const follow =
      'Click "c1" is on a banner and names no product. Report the click on the product too, with the resolvedBidId of the banner and with additionalAttribution.'
    const clickBanner = async ({ win, click }: ReturnType<typeof openShop>) => {
      await click('c1', MINUTE, { resolvedBidId: await win(DAY, 'p_PJbnN', banners) })
    }
    expect(await reasonFor({}, clickBanner, oneOf('p_PJbnN', 'v_alpine'))).toBe(follow)
    expect(await reasonFor({}, clickBanner, oneOf('p_PJbnN'))).toBe(follow)
    expect(await reasonFor({}, clickBanner, oneOf('p_PJbnN', 'Alpine'))).toBe(
      `${follow} Its ad is of vendor "v_alpine", but the order line is of vendor "Alpine". An ad only gets the credit for lines of its own vendor.`
    )
  })

  test('the click on a banner of another vendor is not the reason', async () => {
    const reason = await reasonFor({}, async ({ win, click }) => {
      await click('c1', MINUTE, { resolvedBidId: await win(DAY, 'v_other', banners, 'vendor') })
    })
    expect(reason).toBe(
      'No sponsored click or impression of this user is on this product. Click "c1" names no product.'
    )
  })

  test('the ad is of another vendor of the same product', async () => {
    const reason = await reasonFor(
      {},
      async ({ win, click }) => {
        await click('c1', MINUTE, { resolvedBidId: await win(DAY, 'p_PJbnN') })
      },
      oneOf('p_PJbnN', 'v_other')
    )
    expect(reason).toBe(
      'Click "c1" is on this product. Its ad is of vendor "v_alpine", but the order line is of vendor "v_other". An ad only gets the credit for lines of its own vendor.'
    )
  })

  test('the click is on an ad for no single product', async () => {
    const onVendor = (list: 'click' | 'see') =>
      reasonFor({}, async (shop) => {
        await shop[list]('e1', MINUTE, { resolvedBidId: await shop.win(DAY, 'v_alpine', {}, 'vendor') })
      })
    expect(await onVendor('click')).toBe('Click "e1" is on an ad that is for no single product, and names no product.')
    expect(await onVendor('see')).toBe(
      'Impression "e1" is on an ad that is for no single product, and names no product.'
    )
  })

  test('a banner was only seen', async () => {
    const onlySeen = (changes: AttributionChanges) =>
      reasonFor(changes, async ({ win, see }) => {
        await see('i1', MINUTE, { resolvedBidId: await win(DAY, 'p_1', banners) })
      })
    expect(await onlySeen({})).toBe(
      'Impression "i1" is on a banner that was not clicked. With the model last-click, only clicks count.'
    )
    expect(await onlySeen({ banners: { model: 'last-impression' } })).toBe(
      'Impression "i1" is on a banner and names no product. The model for banners is last-impression. Topsort\'s published rules do not say for which products a banner that was only seen gets the credit, so only Topsort decides.'
    )
  })

  test('a banner was clicked and then seen again', async () => {
    const reason = await reasonFor({}, async ({ win, see, click }) => {
      const resolvedBidId = await win(DAY, 'p_1', banners)
      await click('c1', 2 * MINUTE, { resolvedBidId })
      await see('i1', MINUTE, { resolvedBidId })
    })
    expect(reason).toContain('Click "c1" is on a banner and names no product.')
  })

  test('the ad is offsite, so Topsort decides, and no bid is advised', async () => {
    const decides =
      'Topsort attributes offsite ads by entity, external ids and channel, without a resolvedBidId. The sandbox knows no offsite campaigns, so only Topsort decides about this credit.'
    const after = (event: Partial<Click>, before = MINUTE) =>
      reasonFor({}, async ({ click }) => {
        await click('c1', before, event)
      })
    const product = { type: 'product', id: 'p_1' } as const
    const campaign = { externalCampaignId: 'awareness', externalVendorId: 'v_alpine' }
    expect(await after({ channel: 'offsite', entity: product })).toBe(
      `Click "c1" on an offsite ad for this product came 1 minute before the order. ${decides}`
    )
    expect(await after({ channel: 'offsite', entity: { type: 'vendor', id: 'v_alpine' } })).toBe(
      `Click "c1" on an offsite ad for vendor "v_alpine" came 1 minute before the order. ${decides}`
    )
    expect(await after(campaign)).toBe(
      `Click "c1" on an offsite ad of campaign "awareness" for vendor "v_alpine" came 1 minute before the order. ${decides}`
    )
    expect(await after({ entity: product, ...campaign }, 90 * DAY)).toContain('for this product came 90 days before')
    expect(await after({ entity: product, ...campaign }, 90 * DAY + 1)).toBe(
      'User id "u1" has no sponsored click or impression before this order.'
    )
  })

  test('the impression has a bid that is made up and names no product', async () => {
    const reason = await reasonFor({}, async ({ see }) => {
      await see('i1', MINUTE, { resolvedBidId: 'made-up' })
    })
    expect(reason).toBe('Impression "i1" has a bid that no auction here gave, and names no product.')
  })

  test('the bid is made up and the click names no product', async () => {
    const reason = await reasonFor({}, async ({ click }) => {
      await click('c1', MINUTE, { resolvedBidId: 'made-up' })
    })
    expect(reason).toBe('Click "c1" has a bid that no auction here gave, and names no product.')
  })

  test('the click is organic', async () => {
    const reason = await reasonFor({}, async ({ click }) => {
      await click('c1', MINUTE, { entity: { type: 'product', id: 'p_1' } })
    })
    expect(reason).toBe(
      'Click "c1" on this product has no resolvedBidId, so it is organic. If it was on an ad, send the resolvedBidId of the auction\'s winner.'
    )
  })

  test('the auction ran for this user id, but the click has another one', async () => {
    const reason = await reasonFor({}, async ({ win, click }) => {
      const resolvedBidId = await win(5 * DAY, 'p_1', { opaqueUserId: 'u1' })
      await click('c1', 4 * DAY, { resolvedBidId, opaqueUserId: 'tsuid' })
    })
    expect(reason).toBe(
      `Click "c1" belongs to an auction for user id "u1", but came with user id "tsuid". ${samePerson}`
    )
  })

  test('another user id clicked the product in the same visit', async () => {
    const withClick = (before: number) =>
      reasonFor({}, async ({ win, click }) => {
        await click('c1', before, { resolvedBidId: await win(DAY, 'p_1'), opaqueUserId: 'anonymous' })
      })
    expect(await withClick(4 * MINUTE)).toBe(
      `User id "u1" has no click or impression. Click "c1" on this product came 4 minutes before the order, with user id "anonymous". ${samePerson}`
    )
    expect(await withClick(31 * MINUTE)).toBe('User id "u1" has no sponsored click or impression before this order.')
  })
})

describe('the settings of attribution', () => {
  test('change one by one, and a number in windowDays is for all formats', () => {
    const { attribution, changeAttribution } = openShop()
    changeAttribution(parseAttributionSettings({ windowDays: 7 }))
    changeAttribution(parseAttributionSettings({ windowDays: { banners: 90 }, halo: true }))
    changeAttribution(parseAttributionSettings({ model: 'last-impression' }))
    expect(attribution().settings).toEqual({
      listings: { model: 'last-impression', windowDays: 7 },
      brands: { model: 'last-impression', windowDays: 7 },
      banners: { model: 'last-impression', windowDays: 90 },
      halo: true
    })
  })

  test('are set for each group of formats, and a group wins over the rules for all', () => {
    const { attribution, changeAttribution } = openShop()
    changeAttribution(
      parseAttributionSettings({
        windowDays: 14,
        listings: { model: 'last-click', windowDays: 7 },
        banners: { model: 'last-impression', windowDays: 30 },
        halo: true
      })
    )
    changeAttribution(parseAttributionSettings({ brands: { windowDays: 21 } }))
    expect(attribution().settings).toEqual({
      listings: { model: 'last-click', windowDays: 7 },
      brands: { model: 'last-click', windowDays: 21 },
      banners: { model: 'last-impression', windowDays: 30 },
      halo: true
    })
  })

  test.each<[unknown, string]>([
    [[], 'settings must be object'],
    [{ windowDays: 0 }, 'windowDays must be >= 1'],
    [{ windowDays: { listings: 91 } }, 'windowDays.listings must be <= 90'],
    [{ windowDays: { videos: 1 } }, 'windowDays must not have the key videos'],
    [{ videos: {} }, 'settings must not have the key videos'],
    [{ listings: { windowDays: 91 } }, 'listings.windowDays must be <= 90'],
    [{ brands: { model: 'none' } }, 'brands.model must be one of last-click, last-impression'],
    [{ banners: 14 }, 'banners must be object'],
    [{ windowDays: 1.5 }, 'windowDays must be integer,object'],
    [{ model: 'first-click' }, 'model must be one of last-click, last-impression'],
    [{ halo: 'on' }, 'halo must be boolean'],
    [{ window: 7 }, 'settings must not have the key window']
  ])('the settings of attribution are refused if they are %j', (value, message) => {
    expect(() => parseAttributionSettings(value)).toThrow(new Error(message))
  })
})

describe('the index of attribution', () => {
  test('keeps only the newest events of each type', async () => {
    const sandbox = createSandbox({ keep: 8 })
    const occurredAt = '2026-03-01T12:00:00Z'
    for (let index = 0; index < 100; index += 1) {
      const event = { id: `e${index}`, occurredAt, opaqueUserId: `u${index}` }
      const clicks = [{ ...event, resolvedBidId: 'b', entity: { type: 'product', id: 'p' } }]
      const purchases = [{ ...event, items: [{ productId: 'p', unitPrice: 1 }] }]
      await sandbox.app.request('/v2/events', report({ clicks, purchases }))
    }
    const { lines } = sandbox.attribution()
    expect(lines.map(({ purchaseId }) => purchaseId)).toEqual(['e92', 'e93', 'e94', 'e95', 'e96', 'e97', 'e98', 'e99'])
    expect(lines.every(({ credited }) => credited !== null)).toBe(true)
  })
})
