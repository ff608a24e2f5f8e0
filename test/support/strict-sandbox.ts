import { createSandbox } from '../../src/sandbox'
import type { SandboxExchange } from '../../src/sandbox'
import { inProcessClient } from './request-client'

/** The part that all events for Topsort have. */
export type WireEvent = { id: string }

const exchanges: SandboxExchange[] = []

// Accepts every bid, so that it refuses only requests that break the contract.
const { app } = createSandbox({ onRequest: (exchange) => exchanges.push(exchange), refuse: () => undefined })

/** A request client that calls this sandbox. */
export const client = inProcessClient(app)

/**
 * Waits for a delivery that uses `client`. Fails if the sandbox refuses a request, because all requests must fit the
 * contract.
 *
 * @returns the events in the order in which they were sent, and the result of the delivery
 */
export async function deliverToSandbox<Result>(
  delivery: () => Promise<Result>
): Promise<{ sent: WireEvent[]; result: Result }> {
  exchanges.length = 0
  const result = await delivery()
  expect(exchanges.filter(({ status }) => status !== 204)).toEqual([])
  return { sent: exchanges.flatMap(({ body }) => Object.values(body as Record<string, WireEvent[]>).flat()), result }
}
