type OfDay = { day: string }

/** A part of a day's bar. Parts are stacked, the first one lowest. */
export type Part<Day extends OfDay> = {
  name: string
  /** A class of the stylesheet, which gives the color. */
  tone: 'main' | 'second' | 'bad' | 'good'
  valueOf: (day: Day) => number
}

type Props<Day extends OfDay> = {
  title: string
  /** What it is about, below the title. */
  note?: string
  days: Day[]
  parts: Part<Day>[]
  /** Writes a value for people. */
  format: (value: number) => string
  /** The value of a full bar. Default: the largest day. */
  full?: number
  /** The days at which something changed. A line marks each. */
  marks?: readonly string[]
}

const WIDTH = 480
const HEIGHT = 120
const GAP = 0.25

/** Shows a bar for each day. The values are in the title of each bar, and in the table of days. */
export function DayChart<Day extends OfDay>({ title, note, days, parts, format, full, marks = [] }: Props<Day>) {
  const totals = days.map((day) => parts.reduce((sum, { valueOf }) => sum + valueOf(day), 0))
  const highest = Math.max(...totals, 0)
  const top = full ?? roundUp(highest)
  const scale = HEIGHT / top
  const changed = days.filter(({ day }) => marks.includes(day)).map(({ day }) => day)
  const step = WIDTH / Math.max(days.length, 1)
  return (
    <figure class="chart">
      <figcaption>
        <h3>{title}</h3>
        {note !== undefined && <span class="hint">{note}</span>}
        {changed.length > 0 && <span class="chart-changed">changed on {changed.map(shortDay).join(', ')}</span>}
      </figcaption>
      <div class="chart-scale hint" aria-hidden="true">
        <span>{shorten(format(top))}</span>
        <span>0</span>
      </div>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${[title, note].filter(Boolean).join(', ')}: ${describe(days, totals, format)}`}
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
        <line class="chart-half" x1={0} x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
        {changed.map((day) => {
          const x = round(days.findIndex((each) => each.day === day) * step)
          return <line key={day} class="chart-mark" x1={x} x2={x} y1={0} y2={HEIGHT} />
        })}
      </svg>
      <div class="chart-axis hint" aria-hidden="true">
        {axisOf(days).map((day) => (
          <span key={day}>{shortDay(day)}</span>
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

/** Takes the decimals out of a round number: `100.0 %` becomes `100 %`. */
function shorten(text: string): string {
  return text.replace(/\.0+(?!\d)/, '')
}

/** Returns the next number of the series 1, 2, 5, 10, 20 and so on that is not below this one. */
function roundUp(highest: number): number {
  if (highest <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(highest))
  return power * ([1, 2, 5].find((factor) => factor * power >= highest) ?? 10)
}

function stack<Day extends OfDay>(day: Day, parts: readonly Part<Day>[]) {
  let from = 0
  return parts.map(({ tone, valueOf }) => {
    const value = valueOf(day)
    const part = { tone, from, value }
    from += value
    return part
  })
}

function titleOf<Day extends OfDay>(day: Day, parts: readonly Part<Day>[], format: (value: number) => string): string {
  const values = parts.map(({ name, valueOf }) => `${name} ${format(valueOf(day))}`)
  return `${day.day}: ${values.join(', ')}`
}

function describe(days: readonly OfDay[], totals: number[], format: (value: number) => string): string {
  if (days.length === 0) return 'no days'
  const [first, last] = [days[0], days[days.length - 1]]
  const [lowest, highest] = [Math.min(...totals), Math.max(...totals)]
  return `${first.day} to ${last.day}, from ${format(lowest)} to ${format(highest)} a day`
}

function axisOf(days: readonly OfDay[]): string[] {
  if (days.length < 3) return days.map(({ day }) => day)
  return [days[0], days[days.length >> 1], days[days.length - 1]].map(({ day }) => day)
}

/** Writes a day as `18 Jan`. */
function shortDay(day: string): string {
  const date = new Date(day)
  if (Number.isNaN(date.getTime())) return day
  return `${date.getUTCDate()} ${date.toLocaleString('en', { month: 'short', timeZone: 'UTC' })}`
}

function round(value: number): number {
  return Math.max(0, Number(value.toFixed(2)))
}
