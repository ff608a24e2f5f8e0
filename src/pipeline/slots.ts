/** Keeps one slow answer from holding up all later batches. More would only wait for each other. */
const MAX_AT_ONCE = 4

/** Limits how many attempts of several queues run at once. */
export type Slots = ReturnType<typeof createSlots>

/** Creates four free slots. */
export function createSlots() {
  let running = 0
  const waiting = new Set<() => void>()

  function release(): void {
    running -= 1
    const next = waiting.values().next().value
    if (!next) return
    waiting.delete(next)
    next()
  }

  return {
    /** Takes a slot until the task has ended. Returns false if there is none. The task must not reject. */
    tryRun(task: () => Promise<void>): boolean {
      if (running === MAX_AT_ONCE) return false
      running += 1
      void task().then(release)
      return true
    },
    /** Calls a function when there is a slot again. The functions of several queues are called in turn. */
    whenFree: (proceed: () => void) => void waiting.add(proceed)
  }
}
