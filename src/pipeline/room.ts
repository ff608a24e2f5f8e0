/** A door that lets one after another in, while there is room. */
export type Room = {
  /** Resolves when there is room, for those who came first first. */
  enter: () => Promise<void>
  /** Lets the next one in, if there is room now. */
  check: () => void
}

/**
 * Creates a door.
 *
 * @param hasRoom is asked before each one is let in, after the one before has taken its place
 */
export function createRoom(hasRoom: () => boolean): Room {
  const waiting: (() => void)[] = []
  let isChecking = false

  function check(): void {
    if (isChecking || waiting.length === 0) return
    isChecking = true
    // Whoever is let in takes a place right after its promise resolves. Only then is it known whether there is more room.
    setImmediate(() => {
      isChecking = false
      if (!hasRoom()) return
      waiting.shift()?.()
      check()
    })
  }

  return {
    enter() {
      if (waiting.length === 0 && hasRoom()) return Promise.resolve()
      return new Promise((resolve) => {
        waiting.push(resolve)
        check()
      })
    },
    check
  }
}
