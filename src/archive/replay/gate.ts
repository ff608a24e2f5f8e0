import { setTimeout as sleep } from 'node:timers/promises'
import { limit } from '../../destinations'
import type { StopError } from './stop'

/** A clock, in milliseconds. */
export type Clock = {
  now: () => number
  /** Rejects as soon as the signal is aborted. */
  sleep: (duration: number, signal: AbortSignal) => Promise<unknown>
}

/** Measures time that does not change when somebody sets the machine's clock. */
const MONOTONIC: Clock = {
  now: () => performance.now(),
  sleep: (duration, signal) => sleep(duration, undefined, { signal })
}

/** Limits the requests that run at once, and the events a second. */
export type Gate = ReturnType<typeof openGate>

/**
 * Opens a gate. Requests pass in the order in which they came. After each one, the next waits for as long as its events
 * take at the rate. So no burst follows a pause.
 *
 * @param rate how many events pass a second
 * @param atOnce how many requests run at once
 */
export function openGate({ rate, atOnce, clock = MONOTONIC }: { rate: number; atOnce: number; clock?: Clock }) {
  const closing = new AbortController()
  const inSlot = limit(atOnce)
  const inTurn = limit(1)
  /** When the next request may pass. */
  let nextAt = 0
  let pausedUntil = 0

  function checkOpen(): void {
    if (closing.signal.aborted) throw closing.signal.reason as StopError
  }

  async function wait(duration: number): Promise<void> {
    checkOpen()
    if (duration <= 0) return
    await clock.sleep(duration, closing.signal).catch(checkOpen)
  }

  async function waitForTurn(events: number): Promise<void> {
    for (let now = clock.now(); now < Math.max(nextAt, pausedUntil); now = clock.now()) {
      await wait(Math.max(nextAt, pausedUntil) - now)
    }
    checkOpen()
    nextAt = clock.now() + (events / rate) * 1_000
  }

  return {
    /**
     * Runs a request when it is its turn.
     *
     * @param events how many events the request has
     * @throws StopError if the gate is closed before the turn comes
     */
    pass<Result>(events: number, request: () => Promise<Result>): Promise<Result> {
      return inSlot(async () => {
        await inTurn(() => waitForTurn(events))
        return request()
      })
    },
    /** Lets nothing pass for this many milliseconds. Pending requests go on. */
    pause(duration: number): void {
      pausedUntil = Math.max(pausedUntil, clock.now() + duration)
    },
    /** Lets nothing pass from now on. Later calls do not change the reason. */
    close(reason: StopError): void {
      if (!closing.signal.aborted) closing.abort(reason)
    },
    /** Returns why the gate is closed, if it is. */
    closedBy: () => closing.signal.reason as StopError | undefined,
    /** Waits this many milliseconds, or until the gate closes. */
    wait
  }
}
