/**
 * Delivery over several tries: Segment hands the events over again whose status says that it should, in batches that have
 * nothing to do with those of the try before.
 */
import * as fc from 'fast-check'
import { anyProductLists, deliver, impressionIds } from '../support/product-lists'
import type { ProductList } from '../support/product-lists'
import { PATIENCE, runs } from '../support/runs'
import { isRetried } from '../support/segment-retries'
import { createTopsortModel } from '../support/topsort-model'
import type { Behaviour, Fault, TopsortModel } from '../support/topsort-model'

jest.setTimeout(PATIENCE)

/** What may be different in a moment, whether or not something was stored. */
const passing: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ status: fc.constantFrom(408, 429, 500, 503, 504) }),
  fc.record({ lost: fc.constantFrom('time-out', 'connection'), stored: fc.boolean() })
)

const behaviour: fc.Arbitrary<Behaviour> = fc.record({
  faults: fc.array(fc.option(passing, { nil: undefined }), { maxLength: 15, size: 'max' }),
  latencies: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 8 }),
  mostEvents: fc.oneof(fc.constant(200), fc.integer({ min: 1, max: 50 })),
  refusal: fc.constantFrom(400, 422)
})

/** How Segment groups events on each try: in which order, and how many at a time. */
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

/** Delivers as Segment does, until no status asks for another try, and gives the last status of each list. */
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

/** Checks what holds when the last try is over. */
async function check(holds: (end: { lists: ProductList[]; topsort: TopsortModel; statuses: unknown[] }) => void) {
  await fc.assert(
    fc.asyncProperty(anyProductLists(), behaviour, grouping, async (lists, behaviour, grouping) => {
      const topsort = createTopsortModel(behaviour)
      holds({ lists, topsort, statuses: await deliverWithRetries(topsort, lists, grouping) })
    }),
    runs()
  )
}

test('in the end every good impression is stored, and no bad one', () =>
  check(({ lists, topsort, statuses }) => {
    const good = lists.flatMap((list) => impressionIds(list).filter((_, index) => !list.bad[index]))
    expect([...topsort.stored().keys()].sort()).toEqual(good.sort())
    expect(statuses.map((status) => status === 204)).toEqual(lists.map(({ bad }) => !bad.includes(true)))
  }))

test('an impression is the same on every try', () =>
  check(({ lists, topsort }) => {
    const sent = topsort.exchanges.flatMap(({ impressions }) => impressions)
    const versions = new Set(sent.map((impression) => JSON.stringify(impression)))
    expect(versions.size).toBe(lists.flatMap(impressionIds).length)
  }))

test('an event of a single impression is not sent again once Topsort said that it is stored', () =>
  check(({ lists, topsort }) => {
    const singles = new Set(lists.filter(({ bad }) => bad.length === 1).flatMap(impressionIds))
    const stored = new Set<string>()
    const repeated: string[] = []
    for (const { impressions, told } of topsort.exchanges) {
      const ids = impressions.map(({ id }) => id).filter((id) => singles.has(id))
      repeated.push(...ids.filter((id) => stored.has(id)))
      if (told === 'stored') ids.forEach((id) => stored.add(id))
    }
    expect(repeated).toEqual([])
  }))
