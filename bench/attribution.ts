import { setTimeout as sleep } from 'node:timers/promises'
import { createSandbox } from '../src/sandbox'
import { findMedian, measureTime } from './rounds'
import type { Row } from './table'

const EVENTS = 100_000
const EVENTS_OF_A_TYPE_IN_A_REQUEST = 50
const USERS = 5_000
const PRODUCTS = 500
const ROUNDS = 5
const TARGET = 1_000

/** Measures how long the sandbox takes to attribute the orders among 100,000 events. */
export async function measureAttribution(): Promise<Row> {
  const { app, attribution } = createSandbox({ keep: EVENTS })
  const headers = { authorization: 'Bearer TSE_bench' }
  for (let first = 0; first < EVENTS; first += EVENTS_OF_A_TYPE_IN_A_REQUEST * 2) {
    const { status } = await app.request('/v2/events', { method: 'POST', headers, body: createRequest(first) })
    if (status !== 204) throw new Error(`The sandbox answered ${status}`)
  }

  const times = []
  for (let round = 0; round < ROUNDS; round += 1) {
    times.push(await measureTime(() => Promise.resolve(JSON.stringify(attribution()))))
    await sleep(0)
  }
  const { lines, creditedLines } = attribution().totals
  return {
    name: `attribution of ${EVENTS.toLocaleString('en')} events, in ms`,
    measured: `${findMedian(times).toFixed(0)} for ${lines.toLocaleString('en')} lines, ${creditedLines.toLocaleString('en')} credited`,
    against: `${TARGET}`,
    ratio: findMedian(times) / TARGET,
    target: 'at most 1'
  }
}

/** Creates a request with as many clicks as orders of the same users. About half of the orders can be credited. */
function createRequest(first: number): string {
  const places = Array.from({ length: EVENTS_OF_A_TYPE_IN_A_REQUEST }, (_, index) => first / 2 + index)
  const start = Date.parse('2026-01-01T00:00:00Z')
  const events = places.map((place) => ({
    id: `event-${place}`,
    occurredAt: new Date(start + place * 60_000).toISOString(),
    opaqueUserId: `user-${place % USERS}`
  }))
  const clicks = events.map((event, index) => ({
    ...event,
    resolvedBidId: `bid-${places[index]}`,
    entity: { type: 'product', id: `product-${places[index] % PRODUCTS}` }
  }))
  const purchases = events.map((event, index) => ({
    ...event,
    items: [
      { productId: `product-${((index % 2 === 0 ? 1 : 7) * places[index]) % PRODUCTS}`, unitPrice: 2.5, quantity: 2 }
    ]
  }))
  return JSON.stringify({ clicks, purchases })
}
