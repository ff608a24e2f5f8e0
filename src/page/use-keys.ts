import { useEffect } from 'preact/hooks'

/** Listens to the keys of the whole page, except where text is typed. @param act returns whether it has used the key */
export function useKeys(act: (event: KeyboardEvent, target: HTMLElement) => boolean): void {
  useEffect(() => {
    const stop = new AbortController()
    const onKeyDown = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement
      if (target.closest('input, textarea, select, dialog, .json-editor')) return
      if (act(event, target)) event.preventDefault()
    }
    addEventListener('keydown', onKeyDown, { signal: stop.signal })
    return () => stop.abort()
  })
}
