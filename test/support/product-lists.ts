import type { RequestClient } from '@segment/actions-core'
import * as fc from 'fast-check'
import { deliverBatch } from '../../src/destinations/topsort/delivery'
import { eventsEndpoint } from '../../src/destinations/topsort/client'
import type { Conversion } from '../../src/destinations/topsort/delivery'
import type { Impression } from '../../src/destinations/topsort/types'
import { KEY } from './segment'
import { UNKNOWN_BID } from './topsort-model'

/** A Segment event that becomes as many impressions as it has products: of each product, whether Topsort refuses it. */
export type ProductList = { id: string; bad: boolean[] }

/** As much of an action as delivery needs. */
const impressions: Conversion<ProductList, Impression> = {
  noun: 'impression',
  endpoint: eventsEndpoint('impressions'),
  convert: ({ id, bad }) => ({
    items: bad.map((isBad, index) => ({
      id: `${id}-${index}`,
      occurredAt: '2026-03-01T11:59:31.000Z',
      opaqueUserId: '71303ce0',
      resolvedBidId: isBad ? UNKNOWN_BID : 'WyJiX01mazE1'
    }))
  })
}

/** Lists of the given numbers of products, in which the products at these places, counted through all lists, are bad. */
export function productLists(sizes: number[], badPlaces: Iterable<number> = []): ProductList[] {
  const bad = new Set(badPlaces)
  let place = 0
  return sizes.map((size, index) => ({
    id: `list-${index}`,
    bad: Array.from({ length: size }, () => bad.has(place++))
  }))
}

/** Any such lists: most of a single product, some of up to 120. A few of the products are bad, or many, or none. */
export function anyProductLists(): fc.Arbitrary<ProductList[]> {
  const single = { weight: 24, arbitrary: fc.constant(1) }
  const fanOut = { weight: 1, arbitrary: fc.integer({ min: 2, max: 120 }) }
  const sizes = fc.array(fc.oneof(single, fanOut), { minLength: 1, maxLength: 60, size: 'max' })
  const places = fc.oneof(fc.array(fc.nat(), { maxLength: 4 }), fc.array(fc.nat(), { maxLength: 40, size: 'max' }))
  return fc.tuple(sizes, places).map(([sizes, places]) => {
    const total = sizes.reduce((sum, size) => sum + size, 0)
    const bad = places.map((place) => place % total)
    return productLists(sizes, bad)
  })
}

/** The ids that the impressions of a list have, whenever it is sent. */
export function impressionIds({ id, bad }: ProductList): string[] {
  return bad.map((_, index) => `${id}-${index}`)
}

/** Delivers lists as the `performBatch` of an action does, and gives one result for each. */
export async function deliver(request: RequestClient, lists: ProductList[]) {
  const response = await deliverBatch(request, { api_key: KEY }, lists, impressions)
  return response.getAllResponses().map((result) => result.value())
}
