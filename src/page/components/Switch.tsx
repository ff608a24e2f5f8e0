import './switch.css'

type Props = {
  /** Stands beside the switch. Screen readers read it. */
  label: string
  checked: boolean
  /** Takes effect at once. It handles its own errors, so a promise that it returns is ignored. */
  onChange: (checked: boolean) => unknown
  /** A sentence below the label. */
  hint?: string
  /** Shows the switch without its label. */
  isBare?: boolean
  /** The id of an element that describes the switch. */
  describedBy?: string
}

/** A switch. */
export function Switch({ label, checked, onChange, hint, isBare = false, describedBy }: Props) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        aria-label={isBare ? label : undefined}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span class="switch-track" aria-hidden="true" />
      {!isBare && (
        <span>
          {label}
          {hint !== undefined && <span class="hint switch-hint">{hint}</span>}
        </span>
      )}
    </label>
  )
}
