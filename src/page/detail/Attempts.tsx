import { Badge } from '../ui'
import { formatTime } from '../format'
import type { Attempt } from '../../workbench/api'

/** Lists the attempts of an event with their times and results. */
export function Attempts({ attempts }: { attempts: Attempt[] }) {
  if (attempts.length === 0) return null
  return (
    <section class="detail-part">
      <h3>Attempts</h3>
      <ol class="attempts">
        {attempts.map(({ at, duration, status, message }, index) => (
          <li key={index} class="row row-baseline attempt">
            <span class="hint">{index + 1}</span>
            <time dateTime={at}>{formatTime(at)}</time>
            <span>{duration} ms</span>
            <Badge tone={status < 300 ? 'good' : 'bad'}>{status}</Badge>
            <span>{message || 'Delivered.'}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
