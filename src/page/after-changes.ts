import { effect } from '@preact/signals'

/**
 * Runs an action at once, and again after signals have changed. Changes within the pause count as one.
 *
 * @param read reads the signals
 * @param pause in milliseconds
 * @param act the action. Its signal is aborted when the action has to run again
 * @returns a function that stops it
 */
export function afterChanges(read: () => unknown, pause: number, act: (stopped: AbortSignal) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined
  const start = (): void => {
    running?.abort()
    running = new AbortController()
    act(running.signal)
  }
  let isFirst = true
  const stop = effect(() => {
    read()
    clearTimeout(timer)
    timer = setTimeout(start, isFirst ? 0 : pause)
    isFirst = false
  })
  return () => {
    clearTimeout(timer)
    running?.abort()
    stop()
  }
}
