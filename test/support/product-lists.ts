import type { RequestClient } from '@segment/actions-core'
import * as fc from 'fast-check'
import { deliverBatch } from '../../src/destinations/topsort/delivery'
import { eventsEndpoint } from '../../src/destinations/topsort/client'
import type { Conversion } from '../../src/destinations/topsort/delivery'
import type { Impression } from '../../src/destinations/topsort/types'
import { KEY } from './segment'
import { UNKNOWN_BID } from './topsort-model'

/**
 * A Segment event that becomes one impression for each product. `bad` says for each product whether Topsort refuses it.
 */
export type ProductList = { id: string; bad: boolean[] }

/** The part of an action that delivery needs. */
const impressions: Conversion<ProductList, Impression> = {
  noun: 'impression',
  endpoint: eventsEndpoint('impressions'),
  convert: ({ id, bad }) =>
    bad.map((isBad, index) => ({
      id: `${id}-${index}`,
      occurredAt: '2026-03-01T11:59:31.000Z',
      opaqueUserId: '71303ce0',
      resolvedBidId: isBad ? UNKNOWN_BID : 'WyJiX01mazE1'
    }))
}

/**
 * Returns lists of products.
 *
 * @param sizes the number of products of each list
 * @param badPlaces the bad products, counted through all lists
 */
export function productLists(sizes: number[], badPlaces: Iterable<number> = []): ProductList[] {
  const bad = new Set(badPlaces)
  let place = 0
  return sizes.map((size, index) => ({
    id: `list-${index}`,
    bad: Array.from({ length: size }, () => bad.has(place++))
  }))
}

/** Returns any lists. Most have one product, some have up to 120. None, a few or many of the products are bad. */
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

/** Returns the ids of the impressions of a list. */
export function impressionIds({ id, bad }: ProductList): string[] {
  return bad.map((_, index) => `${id}-${index}`)
}

/** Delivers lists as the `performBatch` of an action does. Returns one result for each. */
export async function deliver(request: RequestClient, lists: ProductList[]) {
  const response = await deliverBatch(request, { api_key: KEY }, lists, impressions)
  return response.getAllResponses().map((result) => result.value())
}
