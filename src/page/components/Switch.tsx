type Props = {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  /** A sentence below the label. */
  hint?: string
  disabled?: boolean
}

/** A switch. It takes effect at once. */
export function Switch({ label, checked, onChange, hint, disabled }: Props) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        disabled={disabled}
        onChange={(event) => {
          onChange(event.currentTarget.checked)
        }}
      />
      <span class="switch-track" aria-hidden="true" />
      <span class="switch-text">
        <span>{label}</span>
        {hint !== undefined && <span class="hint">{hint}</span>}
      </span>
    </label>
  )
}
