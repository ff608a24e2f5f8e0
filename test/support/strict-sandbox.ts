import { createSandbox } from '../../src/sandbox'
import type { Exchange } from '../../src/sandbox'
import { inProcessClient } from './request-client'

/** What every event has on its way to Topsort. */
export type WireEvent = { id: string }

const exchanges: Exchange[] = []

// Every bid is known, so that nothing but the contract can be the reason of a refusal.
const { app } = createSandbox({ onRequest: (exchange) => exchanges.push(exchange), refuse: () => undefined })

/** A request client to a sandbox of its own, in this process. */
export const client = inProcessClient(app)

/**
 * Waits for a delivery that uses `client`. Fails when the sandbox refuses any of it: what the destination sends is to fit
 * the contract, always.
 * @returns the wire events in the order in which they were sent, and what the delivery came to
 */
export async function deliverToSandbox<Outcome>(
  delivery: () => Promise<Outcome>
): Promise<{ sent: WireEvent[]; outcome: Outcome }> {
  exchanges.length = 0
  const outcome = await delivery()
  expect(exchanges.filter(({ status }) => status !== 204)).toEqual([])
  return { sent: exchanges.flatMap(({ body }) => Object.values(body as Record<string, WireEvent[]>).flat()), outcome }
}
