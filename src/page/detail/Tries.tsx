import { Badge } from '../ui'
import { formatTime } from '../format'
import type { Try } from '../../workbench/api'

/** Lists the tries of an event with their times and results. */
export function Tries({ tries }: { tries: Try[] }) {
  if (tries.length === 0) return null
  return (
    <section class="detail-part">
      <h3>Tries</h3>
      <ol class="tries">
        {tries.map(({ at, duration, status, message }, index) => (
          <li key={index} class="row row-baseline try">
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
