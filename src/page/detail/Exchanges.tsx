import type { Attempt, WholeDelivery } from '../../workbench/api'
import { Badge } from '../ui'
import { Time } from '../components/texts'
import { CopyButton } from '../components/Button'
import { JsonView } from '../components/JsonView'
import { toCurl } from './to-curl'

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

/** Each request to Topsort with its answer. The server has redacted the key. */
export function Exchanges({ exchanges, sent }: Pick<WholeDelivery, 'exchanges' | 'sent'>) {
  if (exchanges.length === 0) return null
  return (
    <section class="detail-part">
      <h3>Request and answer</h3>
      {exchanges.some(({ request }) => countEvents(request.body) > countEvents(sent)) && (
        <p class="hint">Events are sent in batches, so a request may hold others, too.</p>
      )}
      {exchanges.map(({ request, answer, error, duration }, index) => (
        <div key={index} class="exchange">
          <div class="exchange-side">
            <p class="code exchange-line">
              <span>
                <strong>{request.method}</strong> {request.url}
              </span>
              <CopyButton what="the request as curl" text={() => toCurl(request)} />
            </p>
            <Headers headers={request.headers} />
            <JsonView label="Body of the request" value={request.body} />
          </div>
          <div class="exchange-side">
            <p class="code exchange-line">
              <span>
                <strong>{answer ? answer.status : 'No answer'}</strong> after {duration} ms
              </span>
            </p>
            {error !== undefined && <p class="callout tone-bad">{error}</p>}
            {answer && <Headers headers={answer.headers} />}
            {answer?.body !== undefined && answer.body !== '' && (
              <JsonView label="Body of the answer" value={answer.body} />
            )}
          </div>
        </div>
      ))}
    </section>
  )
}

/** Counts the events in a body, such as 2 in `{clicks: [{…}, {…}]}`. */
function countEvents(body: unknown): number {
  return Object.values(Object(body) as object).reduce<number>(
    (count, events: unknown) => count + (Array.isArray(events) ? events.length : 0),
    0
  )
}

function Headers({ headers }: { headers: Record<string, string> }) {
  return (
    <dl class="headers code quiet">
      {Object.entries(headers).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
