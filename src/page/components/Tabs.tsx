import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'

type Props = {
  /** Names the tabs to screen readers. */
  label: string
  titles: string[]
  selected: number
  onSelect: (index: number) => void
  /** The panel of the selected tab. */
  children: ComponentChildren
}

/** Tabs. The arrow keys select the next one. */
export function Tabs({ label, titles, selected, onSelect, children }: Props) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    const next = (selected + step + titles.length) % titles.length
    onSelect(next)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]').item(next).focus()
    event.preventDefault()
  }

  return (
    <>
      <div class="tabs" ref={list} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {titles.map((title, index) => (
          <button
            key={index}
            type="button"
            class="tab plain-button"
            role="tab"
            id={`${id}-tab-${index}`}
            aria-selected={index === selected}
            aria-controls={`${id}-panel`}
            tabIndex={index === selected ? 0 : -1}
            onClick={() => onSelect(index)}
          >
            {title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${selected}`}>
        {children}
      </div>
    </>
  )
}
