import { JsonView } from '../components/JsonView'
import type { Exchange } from '../../api'

/** Each request to Topsort with its answer. The server has redacted the key. */
export function Exchanges({ exchanges }: { exchanges: Exchange[] }) {
  if (exchanges.length === 0) return null
  return (
    <section class="detail-part">
      <h3>Request and answer</h3>
      {exchanges.map(({ request, answer, error, duration }, index) => (
        <div key={index} class="exchange">
          <div class="exchange-side">
            <p class="code exchange-line">
              <strong>{request.method}</strong> {request.url}
            </p>
            <Headers headers={request.headers} />
            <JsonView label="Body of the request" value={request.body} />
          </div>
          <div class="exchange-side">
            <p class="code exchange-line">
              <strong>{answer ? answer.status : 'No answer'}</strong> after {duration} ms
            </p>
            {error !== undefined && <p class="callout callout-bad">{error}</p>}
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

function Headers({ headers }: { headers: Record<string, string> }) {
  return (
    <dl class="headers code">
      {Object.entries(headers).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
