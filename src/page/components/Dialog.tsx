import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Button } from './Button'

type Props = {
  title: string
  onClose: () => void
  /** Buttons at the end. */
  actions?: ComponentChildren
  children: ComponentChildren
}

/** A modal dialog. Escape closes it, and the focus returns to where it was. */
export function Dialog({ title, onClose, actions, children }: Props) {
  const id = useId()
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => element.current?.showModal(), [])
  return (
    <dialog class="dialog raised" ref={element} aria-labelledby={id} onClose={onClose}>
      <header class="dialog-header row row-between">
        <h2 id={id}>{title}</h2>
        <Button variant="quiet" onClick={() => element.current?.close()}>
          Close
        </Button>
      </header>
      <div class="dialog-body stack">{children}</div>
      {actions !== undefined && <footer class="dialog-footer row">{actions}</footer>}
    </dialog>
  )
}
