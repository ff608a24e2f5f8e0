import { setTimeout as sleep } from 'node:timers/promises'
import type { StopError } from './stop'

/** Limits the requests that run at once, and the events a second. */
export type Gate = {
  /**
   * Runs a request when it is its turn.
   *
   * @param events how many events the request has
   * @throws StopError if the gate is closed before the turn comes
   */
  pass: <Result>(events: number, request: () => Promise<Result>) => Promise<Result>
  /** Lets nothing pass for this many milliseconds. Pending requests go on. */
  pause: (duration: number) => void
  /** Lets nothing pass from now on. Later calls do not change the reason. */
  close: (reason: StopError) => void
  /** Returns why the gate is closed, if it is. */
  closedBy: () => StopError | undefined
  /** Waits this many milliseconds, or until the gate closes. */
  wait: (duration: number) => Promise<void>
}

export type GateOptions = {
  /** Events a second. */
  rate: number
  /** Requests at once. */
  atOnce: number
  /** Default: the time of this machine. */
  clock?: Clock
}

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

/**
 * Opens a gate. Requests pass in the order in which they came. After each one, the next waits for as long as its events
 * take at the rate. So no burst follows a pause.
 */
export function openGate({ rate, atOnce, clock = MONOTONIC }: GateOptions): Gate {
  const closing = new AbortController()
  const waiting: (() => void)[] = []
  let running = 0
  /** When the next request may pass. */
  let nextAt = 0
  let pausedUntil = 0
  /** The last request in the queue. Requests take their turns one after another. */
  let last: Promise<unknown> = Promise.resolve()

  function checkOpen(): void {
    if (closing.signal.aborted) throw closing.signal.reason as StopError
  }

  async function wait(duration: number): Promise<void> {
    checkOpen()
    if (duration <= 0) return
    await clock.sleep(duration, closing.signal).catch(checkOpen)
  }

  async function takeSlot(events: number): Promise<void> {
    for (let now = clock.now(); now < Math.max(nextAt, pausedUntil); now = clock.now()) {
      await wait(Math.max(nextAt, pausedUntil) - now)
    }
    checkOpen()
    nextAt = clock.now() + (events / rate) * 1_000
  }

  async function enter(events: number): Promise<void> {
    if (running < atOnce) running += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      const slot = last.then(() => takeSlot(events))
      last = slot.catch(() => undefined)
      await slot
    } catch (error) {
      leave()
      throw error
    }
  }

  function leave(): void {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }

  return {
    async pass(events, request) {
      await enter(events)
      try {
        return await request()
      } finally {
        leave()
      }
    },
    pause(duration) {
      pausedUntil = Math.max(pausedUntil, clock.now() + duration)
    },
    close(reason) {
      if (!closing.signal.aborted) closing.abort(reason)
    },
    closedBy: () => closing.signal.reason as StopError | undefined,
    wait
  }
}
