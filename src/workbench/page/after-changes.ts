import { effect } from '@preact/signals'

/**
 * Does something at once, and again a while after signals have changed. Changes that follow each other closely count as one.
 *
 * @param read reads the signals
 * @param pause in milliseconds
 * @param act gets a signal that is aborted as soon as it has to be done again
 * @returns the function that ends it
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
