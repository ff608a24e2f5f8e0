/** Limits how many tasks of several owners run at once. */
export type Slots = {
  /** Takes a slot until the task has ended. Returns false if there is none. The task must not reject. */
  tryRun: (task: () => Promise<void>) => boolean
  /** Calls a function when there is a slot again. The functions of several owners are called in turn. */
  whenFree: (proceed: () => void) => void
}

/** Creates free slots. @param size how many tasks may run at once */
export function createSlots(size: number): Slots {
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
    tryRun(task) {
      if (running === size) return false
      running += 1
      void task().then(release)
      return true
    },
    whenFree: (proceed) => void waiting.add(proceed)
  }
}
