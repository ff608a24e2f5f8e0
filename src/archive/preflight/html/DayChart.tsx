import type { Day } from '../report'

/** A part of a day's bar. Parts are stacked, the first one lowest. */
export type Part = {
  name: string
  /** A class of the stylesheet, which gives the color. */
  tone: 'main' | 'second' | 'bad' | 'good'
  valueOf: (day: Day) => number
}

type Props = {
  title: string
  days: Day[]
  parts: Part[]
  /** Writes a value for people. */
  format: (value: number) => string
  /** The value of a full bar. Default: the largest day. */
  full?: number
}

const WIDTH = 480
const HEIGHT = 120
const GAP = 0.25

/** Shows a bar for each day. The values are in the title of each bar, and in the table of days. */
export function DayChart({ title, days, parts, format, full }: Props) {
  const totals = days.map((day) => sum(parts.map(({ valueOf }) => valueOf(day))))
  const highest = Math.max(...totals, 0)
  const scale = HEIGHT / (full ?? (highest || 1))
  const step = WIDTH / Math.max(days.length, 1)
  return (
    <figure class="chart">
      <figcaption>
        <h3>{title}</h3>
        <span class="hint">highest {format(highest)}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}: ${describe(days, totals, format)}`}
      >
        {days.map((day, index) => (
          <g key={day.day}>
            <title>{titleOf(day, parts, format)}</title>
            <rect class="chart-ground" x={index * step} y={0} width={step} height={HEIGHT} />
            {stack(day, parts).map(({ tone, from, value }) => (
              <rect
                key={tone}
                class={`chart-${tone}`}
                x={round(index * step + (step * GAP) / 2)}
                width={round(step * (1 - GAP))}
                y={round(HEIGHT - (from + value) * scale)}
                height={round(value * scale)}
              />
            ))}
          </g>
        ))}
      </svg>
      <div class="chart-axis hint" aria-hidden="true">
        {axisOf(days).map((day) => (
          <span key={day}>{day}</span>
        ))}
      </div>
      {parts.length > 1 && (
        <ul class="chart-legend hint">
          {parts.map(({ name, tone }) => (
            <li key={name}>
              <span class={`chart-key chart-key-${tone}`} />
              {name}
            </li>
          ))}
        </ul>
      )}
    </figure>
  )
}

function stack(day: Day, parts: Part[]) {
  let from = 0
  return parts.map(({ tone, valueOf }) => {
    const value = valueOf(day)
    const part = { tone, from, value }
    from += value
    return part
  })
}

function titleOf(day: Day, parts: Part[], format: Props['format']): string {
  const values = parts.map(({ name, valueOf }) => `${name} ${format(valueOf(day))}`)
  return `${day.day}: ${values.join(', ')}`
}

function describe(days: Day[], totals: number[], format: Props['format']): string {
  if (days.length === 0) return 'no days'
  const [first, last] = [days[0], days[days.length - 1]]
  const [lowest, highest] = [Math.min(...totals), Math.max(...totals)]
  return `${first.day} to ${last.day}, from ${format(lowest)} to ${format(highest)} a day`
}

function axisOf(days: Day[]): string[] {
  if (days.length < 3) return days.map(({ day }) => day)
  return [days[0], days[days.length >> 1], days[days.length - 1]].map(({ day }) => day)
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function round(value: number): number {
  return Math.max(0, Number(value.toFixed(2)))
}
