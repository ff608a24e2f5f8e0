/**
 * Tests delivery with retries. Segment sends events with a retryable status again, in batches that differ from those of
 * the attempt before.
 */
import * as fc from 'fast-check'
import { anyProductLists, deliver, impressionIds } from '../support/product-lists'
import type { ProductList } from '../support/product-lists'
import { PATIENCE, runs } from '../support/runs'
import { isRetried } from '../support/segment-retries'
import { createTopsortModel } from '../support/topsort-model'
import type { Behavior, Fault, TopsortModel } from '../support/topsort-model'

jest.setTimeout(PATIENCE)

/** A temporary fault. Events may be stored or not. */
const passing: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ status: fc.constantFrom(408, 429, 500, 503, 504) }),
  fc.record({ lost: fc.constantFrom('time-out', 'connection'), stored: fc.boolean() })
)

const behavior: fc.Arbitrary<Behavior> = fc.record({
  faults: fc.array(fc.option(passing, { nil: undefined }), { maxLength: 15, size: 'max' }),
  latencies: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 8 }),
  mostEvents: fc.oneof(fc.constant(200), fc.integer({ min: 1, max: 50 })),
  refusal: fc.constantFrom(400, 422)
})

/** The order and the size of the batches on each attempt. */
const grouping = fc.record({
  order: fc.infiniteStream(fc.nat()),
  sizes: fc.array(fc.integer({ min: 5, max: 60 }), { minLength: 1, maxLength: 5 })
})

type Grouping = { order: fc.Stream<number>; sizes: number[] }

function regroup(lists: ProductList[], { order, sizes }: Grouping): ProductList[][] {
  const places = new Map(lists.map((list) => [list, order.next().value as number]))
  const waiting = [...lists].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
  const batches: ProductList[][] = []
  while (waiting.length > 0) batches.push(waiting.splice(0, sizes[batches.length % sizes.length]))
  return batches
}

/** Delivers with Segment's retries until no status is retryable. Returns the last status of each list. */
async function deliverWithRetries(topsort: TopsortModel, lists: ProductList[], grouping: Grouping) {
  const statuses = new Map<ProductList, number>()
  for (let waiting = lists; waiting.length > 0; waiting = lists.filter((list) => isRetried(statuses.get(list) ?? 0))) {
    for (const batch of regroup(waiting, grouping)) {
      const results = await deliver(topsort.request, batch)
      batch.forEach((list, index) => statuses.set(list, results[index].status))
    }
  }
  return lists.map((list) => statuses.get(list))
}

/** Checks a property after the last attempt. */
async function check(holds: (end: { lists: ProductList[]; topsort: TopsortModel; statuses: unknown[] }) => void) {
  await fc.assert(
    fc.asyncProperty(anyProductLists(), behavior, grouping, async (lists, behavior, grouping) => {
      const topsort = createTopsortModel(behavior)
      holds({ lists, topsort, statuses: await deliverWithRetries(topsort, lists, grouping) })
    }),
    runs()
  )
}

test('in the end, every good impression is stored, and no bad impression is', () =>
  check(({ lists, topsort, statuses }) => {
    const good = lists.flatMap((list) => impressionIds(list).filter((_, index) => !list.bad[index]))
    expect([...topsort.stored().keys()].sort()).toEqual(good.sort())
    expect(statuses.map((status) => status === 204)).toEqual(lists.map(({ bad }) => !bad.includes(true)))
  }))

test('an impression is the same on every attempt', () =>
  check(({ lists, topsort }) => {
    const sent = topsort.exchanges.flatMap(({ impressions }) => impressions)
    const versions = new Set(sent.map((impression) => JSON.stringify(impression)))
    expect(versions.size).toBe(lists.flatMap(impressionIds).length)
  }))

test('an event with one impression is not sent again after Topsort has confirmed it', () =>
  check(({ lists, topsort }) => {
    const singles = new Set(lists.filter(({ bad }) => bad.length === 1).flatMap(impressionIds))
    const stored = new Set<string>()
    const repeated: string[] = []
    for (const { impressions, conclusion } of topsort.exchanges) {
      const ids = impressions.map(({ id }) => id).filter((id) => singles.has(id))
      repeated.push(...ids.filter((id) => stored.has(id)))
      if (conclusion === 'stored') ids.forEach((id) => stored.add(id))
    }
    expect(repeated).toEqual([])
  }))
