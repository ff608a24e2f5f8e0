import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
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

/** A button that opens a dialog. @param children returns the dialog, which calls `close` */
export function DialogButton({
  title,
  children,
  ...rest
}: {
  title: string
  disabled?: boolean
  children: (close: () => void) => ComponentChildren
}) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setIsOpen(true)} {...rest}>
        {title}
      </Button>
      {isOpen && children(() => setIsOpen(false))}
    </>
  )
}
