import { formatCountOf } from '../format'
import type { Trend as TrendData } from '../../workbench/api'

const WIDTH = 3
const GAP = 1
const HEIGHT = 24

/** Draws the number of cases over time, a bar for each minute, hour or day. */
export function Trend({ trend: { step, counts } }: { trend: TrendData }) {
  const highest = Math.max(...counts, 1)
  const seen = counts.reduce((sum, count) => sum + count, 0)
  const label = `${formatCountOf(seen, 'case')} in ${counts.length} ${step}s, at most ${highest} in one ${step}`
  return (
    <svg
      class="trend"
      role="img"
      aria-label={label}
      width={counts.length * (WIDTH + GAP)}
      height={HEIGHT}
      viewBox={`0 0 ${counts.length * (WIDTH + GAP)} ${HEIGHT}`}
    >
      <title>{label}</title>
      {counts.map((count, index) => {
        const height = count === 0 ? 1 : Math.max(3, (count / highest) * HEIGHT)
        return (
          <rect
            key={index}
            class={count === 0 ? 'is-none' : undefined}
            x={index * (WIDTH + GAP)}
            y={HEIGHT - height}
            width={WIDTH}
            height={height}
          />
        )
      })}
    </svg>
  )
}
