/**
 * Creates backpressure without waiting callers. It makes senders wait while there is no space for what they send.
 *
 * @param hasSpace is asked before each caller enters, after the caller before has taken its space
 */
export function createBackpressure(hasSpace: () => boolean) {
  const waiting: (() => void)[] = []
  let isChecking = false

  /** Lets the next caller enter if there is space now. */
  function check(): void {
    if (isChecking || waiting.length === 0) return
    isChecking = true
    // A caller takes its space right after its promise resolves. Only then is it known whether there is more.
    setImmediate(() => {
      isChecking = false
      if (!hasSpace()) return
      waiting.shift()?.()
      check()
    })
  }

  return {
    check,
    /** Resolves when there is space. Callers enter in the order in which they came. */
    enter: (): Promise<void> => {
      if (waiting.length === 0 && hasSpace()) return Promise.resolve()
      return new Promise((resolve) => {
        waiting.push(resolve)
        check()
      })
    }
  }
}
