import type { ComponentChildren } from 'preact'
import './switch.css'

type NumberProps = {
  id: string
  value: number
  max: number
  onChange: (value: number) => unknown
}

/** An input for a whole number from 1. It ignores all other values. */
export function NumberField({ id, value, max, onChange }: NumberProps) {
  return (
    <input
      id={id}
      class="number-field"
      type="number"
      min={1}
      max={max}
      value={value}
      onChange={({ currentTarget }) => {
        const next = currentTarget.valueAsNumber
        if (Number.isInteger(next) && next >= 1 && next <= max) onChange(next)
        else currentTarget.value = String(value)
      }}
    />
  )
}

type CheckProps = {
  checked: boolean
  disabled?: boolean
  /** The id of an element that describes the check box. */
  describedBy?: string
  onChange: (checked: boolean) => void
  children: ComponentChildren
}

/** A check box with its label. */
export function Check({ checked, disabled, describedBy, onChange, children }: CheckProps) {
  return (
    <label class="row check">
      <input
        type="checkbox"
        {...{ checked, disabled, 'aria-describedby': describedBy }}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {children}
    </label>
  )
}

type SwitchProps = {
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
export function Switch({ label, checked, onChange, hint, isBare = false, describedBy }: SwitchProps) {
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
