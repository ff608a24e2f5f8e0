import { Badge } from '../ui'
import { Time } from '../components/Time'
import type { Attempt } from '../../workbench/api'

/** Lists the attempts of an event with their times and results. */
export function Attempts({ attempts }: { attempts: Attempt[] }) {
  if (attempts.length === 0) return null
  return (
    <section class="detail-part">
      <h3>Attempts</h3>
      <ol class="attempts">
        {attempts.map(({ at, duration, status, answer, message }, index) => (
          <li key={index} class="row row-baseline attempt">
            <span class="hint">{index + 1}</span>
            <Time at={at} />
            <span>{duration} ms</span>
            <Badge tone={status < 300 ? 'good' : 'bad'}>{sayAnswer(answer, status)}</Badge>
            <span>{message || 'Delivered.'}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function sayAnswer(answer: Attempt['answer'], status: number): string {
  if (answer === undefined) return status < 300 ? 'nothing to send' : 'not sent'
  return answer === null ? 'no answer' : String(answer)
}
