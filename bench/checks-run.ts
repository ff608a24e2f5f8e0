/**
 * Runs the checks on a stream of events, and sends the measured time and memory to the parent process. This is a
 * separate process, so that other measurements do not affect its heap. It needs `--expose-gc`.
 */
import { createChecks } from '../src/checks'
import type { EventObservation, Observation, WireEvents } from '../src/checks'

/** The time per observation since the last stop, and the memory after this number of observations. */
export type Stretch = { observations: number; microseconds: number; bytes: number }

/** The observations after which the memory is measured. */
const STOPS = [100_000, 1_000_000]

/** The number of visits at the same time, each by a different user. */
const VISITORS = 500

const START = Date.UTC(2026, 0, 1)

/** Creates a step of a visit: an auction, a view, a click, the page of the product, or an order. Some have mistakes. */
function createObservation(step: number, user: string, time: number, serial: number): Observation {
  const product = `p_${serial % 5_000}`
  const visit = `${user}-${Math.floor(step / 10)}`
  const resolvedBidId = `WyJlX1BKYm5OIiwiMTJhNTU4MjgtNjQ3MC00ZjU0LWE0${visit}`
  const event = (name: string, action: string, more: object, toSent: (base: Base) => WireEvents): EventObservation => {
    const messageId = `ajs-next-${time}-${serial}`
    const base = { id: messageId, occurredAt: new Date(time).toISOString(), opaqueUserId: user }
    const call = { messageId, anonymousId: user, timestamp: base.occurredAt, receivedAt: base.occurredAt }
    return {
      kind: 'event',
      event: { ...call, type: 'track', event: name, properties: { product_id: product, ...more } },
      deliveries: [{ mapping: action, action, ok: true, sent: toSent(base) }]
    }
  }
  const entity = { type: 'product' as const, id: product }
  switch (step % 10) {
    case 0:
      return {
        kind: 'auction',
        time,
        opaqueUserId: user,
        winners: [{ resolvedBidId, type: 'product', id: `p_${(serial + VISITORS) % 5_000}`, vendorId: 'v_1' }]
      }
    case 1:
      return event('Product Viewed', 'impression', { resolvedBidId }, (base) => ({
        impressions: [{ ...base, resolvedBidId }]
      }))
    case 6:
      return event('Product Clicked', 'click', { resolvedBidId }, (base) => ({ clicks: [{ ...base, resolvedBidId }] }))
    case 9:
      return event(
        'Order Completed',
        'purchase',
        { order_id: visit, products: [{ product_id: product, price: 2, ...(serial % 7 ? { vendorId: 'v_1' } : {}) }] },
        (base) => ({
          purchases: [
            { ...base, items: [{ productId: product, unitPrice: 2, ...(serial % 7 ? { vendorId: 'v_1' } : {}) }] }
          ]
        })
      )
    default:
      return event('Product Viewed', 'impression', {}, (base) => ({ impressions: [{ ...base, entity }] }))
  }
}

type Base = { id: string; occurredAt: string; opaqueUserId: string }

function measure(): Stretch[] {
  const checks = createChecks()
  const stretches: Stretch[] = []
  const before = readHeldBytes()
  let done = 0
  for (const stop of STOPS) {
    const batch = 10_000
    const from = done
    let milliseconds = 0
    while (done < stop) {
      // Create the events before the time is measured.
      const observations = Array.from({ length: batch }, (_, index) => {
        const serial = done + index
        const generation = Math.floor(serial / (VISITORS * 20))
        const step = Math.floor(serial / VISITORS) % 20
        return createObservation(step, `${generation}-${serial % VISITORS}`, START + serial * 100, serial)
      })
      const start = performance.now()
      for (const observation of observations) checks.observe(observation)
      milliseconds += performance.now() - start
      done += batch
    }
    const microseconds = (milliseconds * 1_000) / (stop - from)
    stretches.push({ observations: stop, microseconds, bytes: readHeldBytes() - before })
  }
  if (checks.findings().length === 0) throw new Error('The stream has mistakes, but the checks found none')
  return stretches
}

function readHeldBytes(): number {
  if (!globalThis.gc) throw new Error('Run it with --expose-gc')
  globalThis.gc()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

process.send?.(measure())
