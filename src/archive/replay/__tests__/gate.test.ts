import type { RequestClient } from '@segment/actions-core'
import fc from 'fast-check'
import { openGate } from '../gate'
import type { Clock, Gate } from '../gate'
import { createRetryingClient } from '../retry'
import { StopError } from '../stop'
import topsort from '../../../destinations/topsort'
import { attempt, presetMappings, wrapClient } from '../../../pipeline'
import { runs } from '../../../../test/support/runs'

/** A clock that moves on at once when somebody waits for it. */
function createClock(): Clock {
  let time = 0
  return {
    now: () => time,
    sleep: async (duration, signal) => {
      await Promise.resolve()
      signal.throwIfAborted()
      time += duration
    }
  }
}

function passAll(gate: Gate, clock: Clock, requests: readonly number[]): Promise<number[]> {
  return Promise.all(requests.map((events) => gate.pass(events, () => Promise.resolve(clock.now()))))
}

describe('A gate', () => {
  it('a gate never lets more events pass than the rate allows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 1_000 }),
        async (requests, rate) => {
          const clock = createClock()
          const times = await passAll(openGate({ rate, atOnce: 4, clock }), clock, requests)
          requests.forEach((events, index) => {
            if (index + 1 === requests.length) return
            expect(times[index + 1] - times[index]).toBeGreaterThanOrEqual((events / rate) * 1_000 - 1e-6)
          })
        }
      ),
      runs(100)
    )
  })

  it('a gate counts the events of each request of the destination', async () => {
    const gate = openGate({ rate: 1e9, atOnce: 4 })
    const counts: number[] = []
    const counting: Gate = {
      ...gate,
      pass: (events, request) => {
        counts.push(events)
        return gate.pass(events, request)
      }
    }
    const toRetrying = createRetryingClient(counting, { tries: 1, backOff: 1, random: () => 0 })
    const stored = { status: 204, content: '', headers: new Headers() }
    const client = toRetrying((() => Promise.resolve(stored)) as unknown as RequestClient)
    const mapping = presetMappings(topsort).find(({ partnerAction }) => partnerAction === 'click')!
    const events = Array.from({ length: 60 }, (_, index) => ({
      type: 'track' as const,
      event: 'Product Clicked',
      messageId: `m-${index}`,
      anonymousId: 'u-1',
      timestamp: '2026-01-31T12:00:00.000Z',
      properties: { product_id: 'p-1' }
    }))

    const target = { definition: wrapClient(topsort, () => client), settings: { api_key: 'TSE_1' }, mapping }
    const results = await attempt(target, events)

    expect(results.every(({ ok }) => ok)).toBe(true)
    expect(counts).toEqual([50, 10])
  })

  it('a gate allows no burst after a pause', async () => {
    const clock = createClock()
    const gate = openGate({ rate: 100, atOnce: 4, clock })
    gate.pause(60_000)

    const times = await passAll(gate, clock, [50, 50, 50])

    expect(times).toEqual([60_000, 60_500, 61_000])
  })

  it('a gate limits the requests that run at once', async () => {
    const gate = openGate({ rate: 1e9, atOnce: 4 })
    let running = 0
    let most = 0
    await Promise.all(
      Array.from({ length: 20 }, () =>
        gate.pass(1, async () => {
          running += 1
          most = Math.max(most, running)
          await new Promise(setImmediate)
          running -= 1
        })
      )
    )
    expect(most).toBe(4)
  })

  it('a gate lets the next request pass after a failed one', async () => {
    const gate = openGate({ rate: 1e9, atOnce: 1 })
    const failing = gate.pass(1, () => Promise.reject(new Error('cut')))
    const next = gate.pass(1, () => Promise.resolve('passed'))

    await expect(failing).rejects.toThrow('cut')
    await expect(next).resolves.toBe('passed')
  })

  it('a closed gate lets nothing pass, and rejects the requests that wait', async () => {
    const gate = openGate({ rate: 1, atOnce: 4 })
    await gate.pass(1_000_000, () => Promise.resolve())
    const waiting = [gate.pass(1, () => Promise.resolve()), gate.wait(1_000_000)]
    gate.close(new StopError('The first reason.'))
    gate.close(new StopError('Another reason.'))

    for (const promise of [...waiting, gate.pass(1, () => Promise.resolve())]) {
      await expect(promise).rejects.toThrow('The first reason.')
    }
    expect(gate.closedBy()?.message).toBe('The first reason.')
  })
})
