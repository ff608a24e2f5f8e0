import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { useListener } from '../hooks'

/** A button that opens a small panel below it. Escape and a click elsewhere close it. */
export function Menu({ title, children }: { title: string; children: ComponentChildren }) {
  const element = useRef<HTMLDetailsElement>(null)
  const close = ({ target }: Event): void => {
    const menu = element.current
    if (menu?.open && !menu.contains(target as Node)) menu.open = false
  }
  useListener('pointerdown', close)
  useListener('focusin', close)
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
