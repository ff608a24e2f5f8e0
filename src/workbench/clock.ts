import { AsyncLocalStorage } from 'node:async_hooks'
import type { ActionDefinition, DestinationDefinition } from '@segment/actions-core'

/** The difference between the clock and that of the system, in milliseconds, for the code that runs in a clock. */
const differences = new AsyncLocalStorage<() => number>()

let systemNow = (): number => Date.now()
let isReplaced = false

/**
 * The clock of a workbench. It runs at the usual speed and can be set, so that an order can come ten days after its
 * auction. Auctions, the times of receipt, the check for times in the future and the destination use it. Waits and retries
 * use the system's clock.
 */
export type Clock = ReturnType<typeof createClock>

/** Creates a clock that agrees with that of the system. */
export function createClock() {
  let difference = 0
  return {
    /** Returns the time in epoch milliseconds. */
    now: (): number => systemNow() + difference,
    /** Sets the time, in epoch milliseconds. */
    set: (time: number): void => {
      replaceDateNow()
      difference = time - systemNow()
    },
    /** Returns whether the clock differs from that of the system. */
    isSet: (): boolean => difference !== 0,
    reset: (): void => {
      difference = 0
    },
    /** Runs code in which `Date.now()` is the time of this clock, also after an `await`. */
    run: <Result>(act: () => Result): Result => differences.run(() => difference, act)
  }
}

/** Makes `Date.now()` answer the clock in which the code runs. Code outside of a clock does not notice it. */
function replaceDateNow(): void {
  if (isReplaced) return
  isReplaced = true
  const original = Date.now.bind(Date)
  systemNow = original
  Date.now = () => original() + (differences.getStore()?.() ?? 0)
}

/**
 * Returns a destination whose actions run with a clock. The destination reads `Date.now()`, because it turns times in the
 * future into the current time.
 */
export function withClock<Settings>(
  definition: DestinationDefinition<Settings>,
  { run }: Clock
): DestinationDefinition<Settings> {
  const wrap = (action: ActionDefinition<Settings>): ActionDefinition<Settings> => {
    const { perform, performBatch } = action
    return {
      ...action,
      perform: (client, data): unknown => run((): unknown => perform(client, data)),
      ...(performBatch && { performBatch: (client, data): unknown => run((): unknown => performBatch(client, data)) })
    }
  }
  const actions = Object.entries(definition.actions).map(([key, action]) => [key, wrap(action)])
  return { ...definition, actions: Object.fromEntries(actions) as DestinationDefinition<Settings>['actions'] }
}
