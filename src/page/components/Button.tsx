import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { notify, notifyError } from '../notice'

type Props = {
  /** `primary` for the main action of a panel, `quiet` inside of lists and toolbars. Default: `plain`. */
  variant?: 'plain' | 'primary' | 'quiet' | 'danger'
  /** Required if the children are not text. */
  label?: string
  /** The action. It handles its own errors, so a promise that it returns is ignored. */
  onClick?: (event: MouseEvent) => unknown
  children: ComponentChildren
} & Omit<ButtonHTMLAttributes, 'label' | 'class' | 'onClick'>

/** A button. `disabled` disables it. `aria-pressed` shows that it is switched on. */
export function Button({ variant = 'plain', label, children, ...rest }: Props) {
  return (
    <button type="button" class={`button button-${variant}`} aria-label={label} title={label} {...rest}>
      {children}
    </button>
  )
}

/** Copies text to the clipboard and shows a notice. @param what names the text, as in "Copied the Segment call." */
export function CopyButton({ what, text }: { what: string; text: () => string }) {
  return (
    <Button variant="quiet" label={`Copy ${what}`} onClick={() => copy(text(), what)}>
      Copy
    </Button>
  )
}

async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    notify(`Copied ${what}.`)
  } catch {
    notifyError(new Error('The browser did not allow copying. Select the text and copy it by hand.'))
  }
}
