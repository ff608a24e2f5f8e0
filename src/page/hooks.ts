import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useState } from 'preact/hooks'

/** Listens to events of the window while a component is shown. */
export function useListener<Type extends keyof WindowEventMap>(
  type: Type,
  listener: (event: WindowEventMap[Type]) => void
): void {
  useEffect(() => {
    addEventListener(type, listener)
    return () => removeEventListener(type, listener)
  })
}

/** Listens to the keys of the whole page, except where text is typed. @param act returns whether it has used the key */
export function useKeys(act: (event: KeyboardEvent, target: HTMLElement) => boolean): void {
  useListener('keydown', (event) => {
    const target = event.target as HTMLElement
    if (target.closest('input, textarea, select, dialog, .json-editor')) return
    if (act(event, target)) event.preventDefault()
  })
}

/** Calls a function with an element at once, and again after each change of its size. */
export function useSize<Measured extends Element>(
  element: RefObject<Measured | null>,
  measure: (element: Measured) => void
): void {
  useLayoutEffect(() => {
    const { current } = element
    if (!current) return undefined
    measure(current)
    const observer = new ResizeObserver(() => measure(current))
    observer.observe(current)
    return () => observer.disconnect()
  }, [])
}

/** The answer to a question, or the sentence that says why there is none. */
type Answered<Answer> = { answer?: Answer; problem: string }

/**
 * Asks for something at once, and again when the inputs have changed. A later question replaces an earlier one.
 *
 * @param ask returns undefined if there is nothing to ask
 * @param pause before each question, in milliseconds
 */
export function useAnswer<Answer>(
  ask: (stopped: AbortSignal) => Promise<Answer> | undefined,
  inputs: readonly unknown[] = [],
  pause = 0
): Answered<Answer> {
  const [answered, setAnswered] = useState<Answered<Answer>>({ problem: '' })
  useEffect(() => {
    setAnswered({ problem: '' })
    const stop = new AbortController()
    const show = (next: Answered<Answer>): void => {
      if (!stop.signal.aborted) setAnswered(next)
    }
    const timer = setTimeout(() => {
      ask(stop.signal)?.then(
        (answer) => show({ answer, problem: '' }),
        (error: unknown) => show({ problem: (error as Error).message })
      )
    }, pause)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, inputs)
  return answered
}
