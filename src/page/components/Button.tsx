import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'

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
