import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'

type Props = {
  /** `primary` for the one thing that a panel is for, `quiet` inside of lists and toolbars. Default: `plain`. */
  look?: 'plain' | 'primary' | 'quiet' | 'danger'
  /** Required if the children are no text. */
  label?: string
  children: ComponentChildren
} & Omit<ButtonHTMLAttributes, 'label' | 'class'>

/** A button. Disable it with `disabled`, and show what is switched on with `aria-pressed`. */
export function Button({ look = 'plain', label, children, ...rest }: Props) {
  return (
    <button type="button" class={`button button-${look}`} aria-label={label} title={label} {...rest}>
      {children}
    </button>
  )
}
