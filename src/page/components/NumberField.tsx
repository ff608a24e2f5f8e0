type Props = {
  id: string
  value: number
  max: number
  onChange: (value: number) => unknown
}

/** An input for a whole number from 1. It ignores all other values. */
export function NumberField({ id, value, max, onChange }: Props) {
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
