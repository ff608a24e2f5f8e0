import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** A button that opens a small panel below it. Escape and a click elsewhere close it. */
export function Menu({ title, children }: { title: string; children: ComponentChildren }) {
  const element = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = (event: Event): void => {
      const menu = element.current
      if (menu?.open && !menu.contains(event.target as Node)) menu.open = false
    }
    addEventListener('pointerdown', close)
    addEventListener('focusin', close)
    return () => {
      removeEventListener('pointerdown', close)
      removeEventListener('focusin', close)
    }
  }, [])
  return (
    <details
      class="menu"
      ref={element}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !element.current?.open) return
        event.stopPropagation()
        element.current.open = false
        element.current.querySelector('summary')?.focus()
      }}
    >
      <summary class="button">{title}</summary>
      <div class="menu-panel raised">{children}</div>
    </details>
  )
}
