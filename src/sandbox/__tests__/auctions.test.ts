import fc from 'fast-check'
import { type AuctionRun, createSandbox, parseAuctionScripts, parseCatalogue, type SandboxOptions } from '..'
import { bareClick, click, emptyLedger, errorBody, KEY, NOW, report } from './events'

type Answer = { results: { resultType: string; error: boolean; winners: Record<string, unknown>[] }[] }

function open(options?: SandboxOptions) {
  const sandbox = createSandbox({ now: () => NOW, ...options })
  const ask = (...auctions: unknown[]) => sandbox.app.request('/v2/auctions', report({ auctions }))
  const run = async (...auctions: unknown[]) => (await (await ask(...auctions)).json()) as Answer
  const winners = async (auction: object) => (await run(auction)).results[0].winners.map(({ id }) => id)
  const send = (body: unknown) => sandbox.app.request('/v2/events', report(body))
  return { ...sandbox, ask, run, winners, send }
}

const byProducts = (ids: string[], slots = ids.length) => ({ type: 'listings', slots, products: { ids } })
const UUID = /^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/

describe('the answer to auctions', () => {
  test('the answer to auctions is a 201 with a result for each auction, in their order', async () => {
    const { ask } = open()
    const response = await ask(byProducts(['p_PJbnN']), { type: 'banners', slots: 1, slotId: 'home' })
    expect(response.status).toBe(201)
    expect(await response.json()).toEqual({
      results: [
        {
          resultType: 'listings',
          error: false,
          winners: [
            {
              rank: 1,
              type: 'product',
              id: 'p_PJbnN',
              resolvedBidId: expect.any(String) as unknown,
              campaignId: expect.stringMatching(UUID) as unknown
            }
          ]
        },
        {
          resultType: 'banners',
          error: false,
          winners: [
            {
              rank: 1,
              type: 'product',
              id: 'p_Mfk15',
              resolvedBidId: expect.any(String) as unknown,
              campaignId: expect.stringMatching(UUID) as unknown,
              vendorId: 'v_meadow',
              asset: [{ url: expect.stringMatching(/^data:image\/svg\+xml,/) as unknown }]
            }
          ]
        }
      ]
    })
  })

  test('the answer to auctions has the same errors as for events', async () => {
    const { app, ask } = open()
    const empty = await ask()
    expect([empty.status, await empty.json()]).toEqual([
      400,
      errorBody('missing_auctions', 'auctions must NOT have fewer than 1 items')
    ])
    const badKey = await app.request('/v2/auctions', report({ auctions: [byProducts(['p'])] }, 'Bearer wrong'))
    expect([badKey.status, await badKey.json()]).toMatchObject([401, { errCode: 'invalid_api_key' }])
    const noJson = await app.request('/v2/auctions', report('{'))
    expect([noJson.status, await noJson.json()]).toMatchObject([400, { errCode: 'invalid_json' }])
    expect((await app.request('/v2/auctions')).status).toBe(405)
  })

  test.each(['sponsored-brand', 'travel'])('the answer to auctions for %s has the same errors', async (kind) => {
    const { app } = open()
    const response = await app.request(`/v2/auctions/${kind}`, report({}))
    expect([response.status, await response.json()]).toEqual([
      400,
      errorBody('missing_auctions', 'the body must have the key auctions')
    ])
    const badKey = await app.request(`/v2/auctions/${kind}`, report({}, 'Bearer wrong'))
    expect([badKey.status, await badKey.json()]).toMatchObject([401, { errCode: 'invalid_api_key' }])
    expect((await app.request(`/v2/auctions/${kind}`)).status).toBe(405)
  })

  test('never contains the key', async () => {
    const { ask } = open()
    expect(await (await ask(byProducts(['p']))).text()).not.toContain(KEY)
  })
})

describe('the winners', () => {
  test('the winners are the first products by id, up to the slots', async () => {
    expect(await open().winners(byProducts(['p_3', 'p_1', 'p_2', 'p_1'], 2))).toEqual(['p_1', 'p_2'])
  })

  test('the winners are the products with the best quality scores, sorted by id if scores are equal', async () => {
    const products = { ids: ['a', 'b', 'c', 'd'], qualityScores: [0.5, 0.9, 0.5, 0.1] }
    expect(await open().winners({ type: 'listings', slots: 3, products })).toEqual(['b', 'a', 'c'])
  })

  test.each<[string, object, string[]]>([
    ['a category', { category: { id: 'c_yogurt' } }, ['p_8VKDt', 'p_PJbnN', 'p_ojng4']],
    ['all of several categories', { category: { ids: ['c_organic', 'c_milk'] } }, ['p_Mfk15']],
    [
      'a category of each disjunction',
      { category: { disjunctions: [['c_milk', 'c_snacks'], ['c_vegan']] } },
      ['p_SA0238', 'p_oajf2D']
    ],
    ['the words of a search query', { searchQuery: ' MILK  oat' }, ['p_SA0238']],
    ['a category and a search query', { category: { id: 'c_milk' }, searchQuery: 'whole' }, ['p_Mfk15']],
    ['a category that nothing has', { category: { id: 'c_none' } }, []]
  ])('the winners come from the catalogue for %s', async (_, context, ids) => {
    expect(await open().winners({ type: 'listings', slots: 9, ...context })).toEqual(ids)
  })

  test.each<[string, object, string[]]>([
    ['a landing page', {}, ['p_Mfk15', 'p_PJbnN', 'p_oajf2D']],
    ['a category', { category: { id: 'c_snacks' } }, ['p_oajf2D']],
    ['a search query', { searchQuery: 'yogurt' }, ['p_PJbnN']],
    ['products', { products: { ids: ['p_PJbnN', 'p_ojng4', 'p_unknown'] } }, ['p_PJbnN']]
  ])('the winners of banners for %s are products with a banner', async (_, context, ids) => {
    expect(await open().winners({ type: 'banners', slots: 9, slotId: 'home', ...context })).toEqual(ids)
  })

  test('the winners of one vendor share a campaign, whose id is the same in every sandbox', async () => {
    const campaigns = async () => {
      const { results } = await open().run(byProducts(['p_PJbnN', 'p_ojng4', 'p_8VKDt']))
      return new Map(results[0].winners.map(({ id, campaignId }) => [id, campaignId]))
    }
    const first = await campaigns()
    expect(first.get('p_PJbnN')).toBe(first.get('p_ojng4'))
    expect(first.get('p_PJbnN')).not.toBe(first.get('p_8VKDt'))
    expect(await campaigns()).toEqual(first)
  })

  test('the winners come from the new catalogue after it was replaced', async () => {
    const { catalogue, replaceCatalogue, winners, run, forget } = open()
    const banner = { url: 'https://cdn.example/a.png', content: { headingText: 'Tea' } }
    const tea = { id: 'tea', name: 'Green tea', vendorId: 'v', categories: ['hot'], banner }
    replaceCatalogue([tea, { id: 'mug', name: 'Mug' }])
    forget()
    expect(catalogue()).toEqual([tea, { id: 'mug', name: 'Mug' }])
    expect(await winners({ type: 'listings', slots: 2, category: { id: 'hot' } })).toEqual(['tea'])
    const { results } = await run({ type: 'banners', slots: 1, slotId: 's' })
    expect(results[0].winners[0].asset).toEqual([banner])
    catalogue()[0].name = 'changed'
    expect(catalogue()[0].name).toBe('Green tea')
  })
})

describe('auctions for sponsored brands', () => {
  const runBrands = async (sandbox: ReturnType<typeof open>, ...auctions: object[]) => {
    const response = await sandbox.app.request('/v2/auctions/sponsored-brand', report({ auctions }))
    return { status: response.status, ...((await response.json()) as Answer) }
  }
  const byCategory = (id: string, winners = 2) => ({ winners, placementId: 'top', triggers: { category: { id } } })

  test('auctions for sponsored brands are won by the vendors of the products, each with its products', async () => {
    expect(await runBrands(open(), byCategory('c_yogurt'))).toEqual({
      status: 201,
      results: [
        {
          resultType: 'brand',
          error: false,
          winners: [
            {
              rank: 1,
              type: 'url',
              id: 'https://shop.example/brands/v_meadow',
              resolvedBidId: expect.any(String) as unknown,
              title: 'v_meadow on top',
              vendorId: 'v_meadow',
              productIds: ['p_8VKDt'],
              content: {
                headline: 'Discover v_meadow',
                brandName: 'v_meadow',
                creative1: expect.stringMatching(/^data:image/) as unknown
              }
            },
            expect.objectContaining({ rank: 2, vendorId: 'v_alpine', productIds: ['p_PJbnN', 'p_ojng4'] }) as unknown
          ]
        }
      ]
    })
  })

  test.each<[string, object, (string | undefined)[]]>([
    ['products', { products: { ids: ['p_ojng4', 'p_unknown'] } }, ['v_alpine']],
    ['a search query', { searchQuery: 'oat' }, ['v_mill']],
    ['a category that nothing has', { category: { id: 'c_none' } }, []]
  ])('auctions for sponsored brands can be triggered by %s', async (_, triggers, vendors) => {
    const { results } = await runBrands(open(), { winners: 3, placementId: 'top', triggers })
    expect(results[0].winners.map(({ vendorId }) => vendorId)).toEqual(vendors)
  })

  test('auctions for sponsored brands can be scripted, up to the number of winners', async () => {
    const sandbox = open()
    const winners = [
      { id: 'p_1', vendorId: 'v_1', productIds: ['p_1', 'p_2'] },
      { id: 'https://a.example', type: 'url' as const }
    ]
    sandbox.scriptAuctions(parseAuctionScripts([{ times: 1, winners }]))
    const { results } = await runBrands(sandbox, byCategory('c_none', 1))
    expect(results[0].winners).toMatchObject([
      { type: 'product', id: 'p_1', vendorId: 'v_1', productIds: ['p_1', 'p_2'] }
    ])
  })

  test('auctions for sponsored brands give the credit for the products of the winner, by the rules of brands', async () => {
    const sandbox = open()
    sandbox.changeAttribution({ listings: { windowDays: 1 }, banners: { windowDays: 1 } })
    const { results } = await runBrands(sandbox, byCategory('c_vegan', 1))
    const event = { occurredAt: new Date(NOW).toISOString(), opaqueUserId: 'u1' }
    await sandbox.send({ clicks: [{ ...event, id: 'c1', resolvedBidId: results[0].winners[0].resolvedBidId }] })
    await sandbox.send({
      purchases: [{ ...event, id: 'o1', items: [{ productId: 'p_oajf2D', unitPrice: 2, vendorId: 'v_mill' }] }]
    })
    expect(sandbox.attribution().lines).toMatchObject([
      {
        credited: { id: 'c1' },
        reason: 'The last click on this product in brands came less than a second before the order.'
      }
    ])
  })
})

describe('travel auctions', () => {
  const runTravel = async (...auctions: object[]) => {
    const response = await open().app.request('/v2/auctions/travel', report({ auctions }))
    return { status: response.status, ...((await response.json()) as Answer) }
  }
  const travelContext = { site: 'argentina' }

  test('travel auctions are won by the best hotels, and by the best flights with their variation', async () => {
    const { status, results } = await runTravel(
      {
        type: 'hotels',
        slots: 2,
        travelContext,
        products: [{ id: 'h1', qualityScore: 0.5 }, { id: 'h2' }, { id: 'h3' }]
      },
      {
        type: 'flights',
        slots: 100,
        travelContext,
        products: [
          { id: 'f1', variationID: '001', price: 1500, qualityScore: 0.7 },
          { id: 'f1', variationID: '002', price: 2000 }
        ]
      }
    )
    expect(status).toBe(201)
    expect(results).toMatchObject([
      {
        resultType: 'hotels',
        winners: [
          { rank: 1, type: 'product', id: 'h2', campaignId: expect.stringMatching(UUID) as unknown },
          { rank: 2, id: 'h3' }
        ]
      },
      {
        resultType: 'flights',
        winners: [
          { rank: 1, id: 'f1', variationID: '002' },
          { rank: 2, id: 'f1', variationID: '001' }
        ]
      }
    ])
  })

  test('travel auctions for hotels without products take the catalogue, and those for flights have no winner', async () => {
    const category = { singleCategory: { id: 'c_vegan' } }
    const { results } = await runTravel(
      { type: 'hotels', slots: 9, travelContext, category },
      { type: 'flights', slots: 9, travelContext }
    )
    expect(results.map(({ winners }) => winners.map(({ id }) => id))).toEqual([['p_SA0238', 'p_oajf2D'], []])
  })
})

describe('the winners of banners', () => {
  const banner = { type: 'banners', slots: 2, slotId: 's' }

  test('the winners of banners can be fallbacks, whose bids are refused in events', async () => {
    const { scriptAuctions, run, send, ledger } = open()
    scriptAuctions(parseAuctionScripts([{ times: 1, winners: [{ id: 'p_1', isFallback: true }, { id: 'p_2' }] }]))
    const { results } = await run(banner)
    const [fallback, paid] = results[0].winners
    expect([fallback.isFallback, paid.isFallback]).toEqual([true, undefined])
    const refused = await send({ impressions: [{ ...bareClick, id: 'i1', resolvedBidId: fallback.resolvedBidId }] })
    expect([refused.status, await refused.json()]).toEqual([
      400,
      errorBody(
        'resolved_bid_id_not_found',
        'could not find the provided resolved bid id: "i1" has the bid of a winner with isFallback. Show the banner without impressions and clicks'
      )
    ])
    expect((await send({ impressions: [{ ...bareClick, resolvedBidId: paid.resolvedBidId }] })).status).toBe(204)
    expect(ledger().impressions).toHaveLength(1)
  })

  test('the winners of banners can be vendors with a video', async () => {
    const { scriptAuctions, run } = open()
    const asset = [{ url: 'https://video.example/v_1/playlist.m3u8' }]
    scriptAuctions(parseAuctionScripts([{ times: 1, winners: [{ id: 'v_1', type: 'vendor', asset }] }]))
    const { results } = await run(banner)
    expect(results[0].winners).toMatchObject([{ type: 'vendor', id: 'v_1', vendorId: 'v_1', asset }])
  })

  test('the winners of banners can have content whose keys start with a language', async () => {
    const { results } = await open().run({ ...banner, searchQuery: 'vanilla' })
    expect(results[0].winners[0].asset).toMatchObject([{ content: { enUSctaText: 'Buy now', esMXctaText: 'Comprar' } }])
  })
})

describe('scripted auctions', () => {
  test('scripted auctions end as scripted, with one step for each auction, and then as usual', async () => {
    const { scriptAuctions, run } = open()
    scriptAuctions([
      { times: 1, winners: [] },
      { times: 1, error: true },
      { times: 1, winners: [{ id: 'p_9' }, { id: 'v_1', type: 'vendor' }, { id: 'p_8' }] }
    ])
    const auction = byProducts(['p_1', 'p_2'])
    const first = await run(auction, auction)
    const second = await run(auction, auction)
    expect(
      [...first.results, ...second.results].map(({ error, winners }) => [error, winners.map(({ id }) => id)])
    ).toEqual([
      [false, []],
      [true, []],
      [false, ['p_9', 'v_1']],
      [false, ['p_1', 'p_2']]
    ])
    expect(second.results[0].winners.map(({ type, rank }) => [type, rank])).toEqual([
      ['product', 1],
      ['vendor', 2]
    ])
  })

  test('scripted auctions with a status refuse the whole request and return no bid', async () => {
    const runs: AuctionRun[] = []
    const { scriptAuctions, ask, checksBids } = open({ onAuction: (auction) => runs.push(auction) })
    scriptAuctions([{ times: 1 }, { times: 1, status: 503 }])
    const response = await ask(byProducts(['p_1']), byProducts(['p_2']))
    expect([response.status, await response.json()]).toEqual([
      503,
      errorBody('internal_server_error', 'Service Unavailable')
    ])
    expect([runs, checksBids()]).toEqual([[], false])
  })

  test('scripted auctions wait for the longest delay of a request', async () => {
    const { scriptAuctions, ask } = open()
    scriptAuctions([{ times: 1, delay: 40 }])
    const pending = ask(byProducts(['p_1']))
    const early = await Promise.race([pending, new Promise((resolve) => setTimeout(resolve, 5, 'nothing yet'))])
    expect(early).toBe('nothing yet')
    expect((await pending).status).toBe(201)
  })

  test('scripted auctions are dropped by forget()', async () => {
    const { scriptAuctions, winners, forget } = open()
    scriptAuctions([{ times: 9, winners: [] }])
    forget()
    expect(await winners(byProducts(['p_1']))).toEqual(['p_1'])
  })

  test('scripted auctions have a banner even for a product that is not in the catalogue', async () => {
    const { scriptAuctions, run } = open()
    scriptAuctions([{ times: 1, winners: [{ id: '<p&1>' }] }])
    const { results } = await run({ type: 'banners', slots: 1, slotId: 's' })
    const [{ url }] = results[0].winners[0].asset as [{ url: string }]
    expect(decodeURIComponent(url)).toContain('&#60;p&#38;1&#62;')
  })
})

describe('a value from a person', () => {
  test.each<[unknown, string]>([
    [{}, 'auctions must be array'],
    [[{}], 'auctions[0] must have the key times'],
    [[{ times: 0 }], 'auctions[0].times must be >= 1'],
    [[{ times: 1, winners: ['p_1'] }], 'auctions[0].winners[0] must be object'],
    [[{ times: 1, status: 302 }], 'auctions[0].status must be >= 400'],
    [
      [{ times: 1, winners: [{ id: 'p', asset: [] }] }],
      'auctions[0].winners[0].asset must NOT have fewer than 1 items'
    ],
    [[{ times: 1, winners: [{ id: 'p', isFallback: 1 }] }], 'auctions[0].winners[0].isFallback must be boolean'],
    [[{ times: 1, winner: [] }], 'auctions[0] must not have the key winner']
  ])('a value from a person is refused as a script if it is %j', (value, message) => {
    expect(() => parseAuctionScripts(value)).toThrow(new Error(message))
  })

  test.each<[unknown, string]>([
    [null, 'catalogue must be array'],
    [[{ id: 'p' }], 'catalogue[0] must have the key name'],
    [[{ id: 'p', name: 'P', price: 1 }], 'catalogue[0] must not have the key price'],
    [[{ id: 'p', name: 'P', banner: {} }], 'catalogue[0].banner must have the key url'],
    [
      [
        { id: 'p', name: 'P' },
        { id: 'p', name: 'Q' }
      ],
      'catalogue[1].id is the id of an earlier product: p'
    ]
  ])('a value from a person is refused as a catalogue if it is %j', (value, message) => {
    expect(() => parseCatalogue(value)).toThrow(new Error(message))
  })
})

describe('a resolvedBidId', () => {
  test('a resolvedBidId has one of the two forms that Topsort uses', async () => {
    const { results } = await open().run(byProducts(['p_1', 'p_2']), { type: 'banners', slots: 1, slotId: 's' })
    const [json, binary, banner] = results.flatMap(({ winners }) =>
      winners.map((winner) => String(winner.resolvedBidId))
    )
    expect(JSON.parse(Buffer.from(json, 'base64').toString())).toEqual([
      expect.stringMatching(/^b_/),
      expect.stringMatching(/^[\da-f-]{36}$/),
      'listings',
      'default',
      ''
    ])
    expect(json.length % 4).toBe(0)
    expect(binary).toMatch(/^Ch[A-D][\w-]{237}$/)
    expect(Buffer.from(banner, 'base64').toString()).toContain('"bannerAds"')
  })

  test('a resolvedBidId is unique', async () => {
    const { run } = open()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (slots) => {
        const ids = Array.from({ length: slots }, (_, index) => `p_${index}`)
        const auctions = Array<object>(5).fill(byProducts(ids))
        const { results } = await run(...auctions)
        const bids = results.flatMap(({ winners }) => winners.map(({ resolvedBidId }) => resolvedBidId))
        expect(new Set(bids).size).toBe(slots * 5)
      }),
      { numRuns: 20 }
    )
  })

  const made = { ...bareClick, resolvedBidId: 'made-up' }

  test('a resolvedBidId that is made up is accepted before the first auction, and refused after it', async () => {
    const { send, winners, checksBids, ledger, forget } = open()
    expect([checksBids(), (await send({ clicks: [made] })).status]).toEqual([false, 204])
    expect(await winners({ type: 'listings', slots: 1, category: { id: 'c_none' } })).toEqual([])

    const refused = await send({ clicks: [bareClick, { ...made, id: 'second' }] })
    expect([checksBids(), refused.status, await refused.json()]).toEqual([
      true,
      400,
      errorBody(
        'resolved_bid_id_not_found',
        'could not find the provided resolved bid id: no auction of this sandbox gave the bid of "second". Send the resolvedBidId of a winner unchanged. Bids of your own work only as long as no auction has run'
      )
    ])
    expect(ledger().clicks).toEqual([made])

    forget()
    expect([checksBids(), (await send({ clicks: [made] })).status]).toEqual([false, 204])
  })

  test('a resolvedBidId that is made up is refused from the start with strictBids', async () => {
    const { send, checksBids, ledger } = open({ strictBids: true })
    const refused = await send({ impressions: [{ ...made }] })
    expect([checksBids(), refused.status, await refused.json()]).toMatchObject([
      true,
      400,
      { message: expect.stringContaining('strictBids is on. Switch it off to use bids of your own') as unknown }
    ])
    expect((await send({ clicks: [bareClick] })).status).toBe(204)
    expect(ledger()).toEqual({ ...emptyLedger, clicks: [bareClick] })
  })

  test('a resolvedBidId of a winner is accepted, and refused if it was cut', async () => {
    const { send, run } = open()
    const { results } = await run(byProducts(['p_1', 'p_2']))
    for (const { resolvedBidId } of results[0].winners) {
      const bid = String(resolvedBidId)
      expect((await send({ clicks: [{ ...click, resolvedBidId: bid }] })).status).toBe(204)
      expect((await send({ clicks: [{ ...click, resolvedBidId: bid.slice(0, -1) }] })).status).toBe(400)
    }
  })
})

test('onAuction receives each auction with its winners', async () => {
  const runs: AuctionRun[] = []
  const { run } = open({ onAuction: (auction) => runs.push(auction) })
  const request = { ...byProducts(['p_PJbnN']), opaqueUserId: 'u1' }
  const { results } = await run(request, { type: 'listings', slots: 1, searchQuery: 'nothing' })
  expect(runs).toEqual([
    {
      at: NOW,
      opaqueUserId: 'u1',
      request,
      winners: [
        {
          type: 'product',
          id: 'p_PJbnN',
          vendorId: 'v_alpine',
          format: 'listings',
          auctionedAt: NOW,
          opaqueUserId: 'u1',
          resolvedBidId: results[0].winners[0].resolvedBidId
        }
      ]
    },
    { at: NOW, opaqueUserId: undefined, request: { type: 'listings', slots: 1, searchQuery: 'nothing' }, winners: [] }
  ])
})
