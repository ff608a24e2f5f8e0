import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect } from 'preact/hooks'

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
