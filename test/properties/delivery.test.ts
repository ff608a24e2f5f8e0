/** Tests delivery against a model of Topsort, with any events, any bad events among them, and any faults. */
import * as fc from 'fast-check'
import { anyProductLists, deliver, impressionIds, productLists } from '../support/product-lists'
import type { ProductList } from '../support/product-lists'
import { PATIENCE, runs } from '../support/runs'
import { KEY } from '../support/segment'
import { createTopsortModel } from '../support/topsort-model'
import type { Behavior, Exchange, Fault } from '../support/topsort-model'

jest.setTimeout(PATIENCE)

/** Returns whether nothing is stored after this status, but parts of the request may succeed. */
function isSplit(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 403, 404, 405, 408, 410, 423, 429].includes(status)
}

const latencies = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 8 })

const lost: fc.Arbitrary<Fault> = fc.record({
  lost: fc.constantFrom('time-out', 'connection'),
  stored: fc.boolean()
})

const status = fc.oneof(
  fc.constantFrom(400, 401, 403, 404, 408, 413, 422, 429, 500, 501, 503),
  fc.integer({ min: 300, max: 599 })
)

/** Any faults at any time. */
const misbehavior: fc.Arbitrary<Behavior> = fc.record({
  faults: fc.array(fc.option(fc.oneof(lost, fc.record({ status })), { nil: undefined }), {
    maxLength: 30,
    size: 'max'
  }),
  latencies,
  mostEvents: fc.oneof(fc.constant(200), fc.integer({ min: 1, max: 50 })),
  refusal: fc.constantFrom(400, 422)
})

const behavior: fc.Arbitrary<Behavior> = misbehavior.map((behavior) => ({ ...behavior, faults: [] }))

const readIds = ({ impressions }: Exchange): string[] => impressions.map(({ id }) => id)

const isGood = ({ bad }: ProductList): boolean => !bad.includes(true)

describe('without faults', () => {
  test('every good impression is stored once, and no bad impression is stored', async () => {
    await fc.assert(
      fc.asyncProperty(anyProductLists(), behavior, async (lists, behavior) => {
        const topsort = createTopsortModel(behavior)
        await deliver(topsort.request, lists)
        const good = lists.flatMap((list) => impressionIds(list).filter((_, index) => !list.bad[index]))
        expect(topsort.stored()).toEqual(new Map(good.map((id) => [id, 1])))
      }),
      runs()
    )
  })

  test('the result of every event says whether all of its impressions are stored', async () => {
    await fc.assert(
      fc.asyncProperty(anyProductLists(), behavior, async (lists, behavior) => {
        const results = await deliver(createTopsortModel(behavior).request, lists)
        expect(results.map(({ status }) => status)).toEqual(
          lists.map((list) => (isGood(list) ? 204 : behavior.refusal))
        )
      }),
      runs()
    )
  })

  test('every impression is sent, and stays the same if it is sent again', async () => {
    await fc.assert(
      fc.asyncProperty(anyProductLists(), behavior, async (lists, behavior) => {
        const topsort = createTopsortModel(behavior)
        await deliver(topsort.request, lists)
        const sent = topsort.exchanges.flatMap(({ impressions }) => impressions)
        const byId = new Map(sent.map((impression) => [impression.id, impression]))
        expect([...byId.keys()].sort()).toEqual(lists.flatMap(impressionIds).sort())
        expect(sent).toEqual(sent.map(({ id }) => byId.get(id)))
      }),
      runs()
    )
  })
})

describe('with any faults', () => {
  /** Checks a property of every delivery. */
  const check = async (
    holds: (delivery: {
      lists: ProductList[]
      topsort: ReturnType<typeof createTopsortModel>
      results: Awaited<ReturnType<typeof deliver>>
    }) => void
  ): Promise<void> => {
    const property = fc.asyncProperty(anyProductLists(), misbehavior, async (lists, behavior) => {
      const topsort = createTopsortModel(behavior)
      holds({ lists, topsort, results: await deliver(topsort.request, lists) })
    })
    await fc.assert(property, runs())
  }

  test('there is one result for each event, in their order', () =>
    check(({ lists, results }) => {
      expect(results).toHaveLength(lists.length)
      results.forEach(({ sent }, index) => {
        const { impressions = [] } = (sent ?? {}) as { impressions?: { id: string }[] }
        const own = new Set(impressionIds(lists[index]))
        expect(impressions.filter(({ id }) => !own.has(id))).toEqual([])
      })
    }))

  test('an event is delivered if Topsort has confirmed all of its impressions', () =>
    check(({ lists, topsort, results }) => {
      const confirmed = new Set(topsort.exchanges.filter(({ conclusion }) => conclusion === 'stored').flatMap(readIds))
      expect(results.map(({ status }) => status < 300)).toEqual(
        lists.map((list) => impressionIds(list).every((id) => confirmed.has(id)))
      )
    }))

  test('a request has 1 to 50 events, and at most 4 requests run at once', () =>
    check(({ topsort }) => {
      expect(topsort.exchanges.filter(({ impressions: { length } }) => length < 1 || length > 50)).toEqual([])
      expect(topsort.mostAtOnce()).toBeLessThanOrEqual(4)
    }))

  test('only events that were refused and not stored are sent again', () =>
    check(({ topsort }) => {
      const last = new Map(topsort.exchanges.flatMap((exchange) => readIds(exchange).map((id) => [id, exchange])))
      const before = topsort.exchanges.filter((exchange) => readIds(exchange).some((id) => last.get(id) !== exchange))
      expect(before.filter(({ status }) => !isSplit(status))).toEqual([])
    }))

  test('no request starts after Topsort has refused the key, was too busy or did not answer in time', () =>
    check(({ topsort }) => {
      expect(topsort.exchanges.filter(({ afterEnd }) => afterEnd !== undefined)).toEqual([])
    }))

  test('an event that was in no request says so, and Segment retries it unless the key is bad', () =>
    check(({ lists, topsort, results }) => {
      const sent = new Set(topsort.exchanges.flatMap(readIds))
      const withheld = results.filter((_, index) => !impressionIds(lists[index]).some((id) => sent.has(id)))
      for (const { status, sent, body } of withheld) {
        expect(sent).toBeUndefined()
        expect([
          [401, 'key_rejected'],
          [408, 'request_withheld'],
          [429, 'request_withheld']
        ]).toContainEqual([status, (body as { code?: unknown }).code])
      }
    }))

  test('every error has a message of one line, and no result contains the key', () =>
    check(({ results }) => {
      for (const result of results) {
        if (!('errormessage' in result)) continue
        expect(result.status).toBeGreaterThanOrEqual(400)
        expect(result.errormessage).toMatch(/^\S.*\S$/)
      }
      expect(JSON.stringify(results)).not.toContain(KEY)
    }))
})

describe('the number of requests', () => {
  const worst: fc.Arbitrary<Behavior> = behavior.map((behavior) => ({ ...behavior, mostEvents: 50 }))

  async function countRequests(lists: ProductList[], behavior: Behavior): Promise<number> {
    const topsort = createTopsortModel(behavior)
    await deliver(topsort.request, lists)
    return topsort.exchanges.length
  }

  /** Returns how often n events are halved until a part has 7 or fewer events, which are sent one by one. */
  const levels = (n: number): number => (n <= 7 ? 0 : 1 + levels(Math.ceil(n / 2)))

  test('the number of requests is at most 1 + k * (2 * levels + 7) for n events with k bad ones, and never more than n + 15', async () => {
    const places = fc.array(fc.nat(49), { maxLength: 50, size: 'max' })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 50 }), places, worst, async (n, places, behavior) => {
        const bad = new Set(places.map((place) => place % n))
        const lists = productLists(Array<number>(n).fill(1), bad)
        const requests = await countRequests(lists, behavior)
        expect(requests).toBeLessThanOrEqual(Math.min(1 + bad.size * (2 * levels(n) + 7), n + 15))
      }),
      runs()
    )
  })

  test('the number of requests is at most 14 for 50 events with one bad event', async () => {
    const behavior: Behavior = { faults: [], latencies: [0], mostEvents: 50, refusal: 400 }
    const counts = Array.from({ length: 50 }, (_, bad) =>
      countRequests(productLists(Array<number>(50).fill(1), [bad]), behavior)
    )
    expect(Math.max(...(await Promise.all(counts)))).toBe(14)
  })

  test('the number of requests is 65 for 50 bad events', async () => {
    const behavior: Behavior = { faults: [], latencies: [0], mostEvents: 50, refusal: 400 }
    const all = Array.from({ length: 50 }, (_, index) => index)
    expect(await countRequests(productLists(Array<number>(50).fill(1), all), behavior)).toBe(65)
  })

  // Delivery splits between Segment events, so the halves may be uneven. Two splits always halve the number of events.
  test('the number of requests is at most 1 + k * (4 * levels + 14) for Segment events that become n events with k bad ones', async () => {
    const sizes = fc
      .array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 50, size: 'max' })
      .map((sizes) => {
        let room = 50
        return sizes.filter((size) => size <= room && (room -= size) >= 0)
      })
    await fc.assert(
      fc.asyncProperty(sizes, fc.array(fc.nat(), { maxLength: 8 }), worst, async (sizes, places, behavior) => {
        const n = sizes.reduce((sum, size) => sum + size, 0)
        const bad = new Set(places.map((place) => place % n))
        const requests = await countRequests(productLists(sizes, bad), behavior)
        expect(requests).toBeLessThanOrEqual(1 + bad.size * (4 * levels(n) + 14))
      }),
      runs()
    )
  })
})
