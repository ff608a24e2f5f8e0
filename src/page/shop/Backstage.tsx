import { useEffect } from 'preact/hooks'
import { MistakeSwitch } from './MistakeSwitch'
import { mistakes } from './mistakes'
import { watchFindings, visitFindings } from './visit-findings'
import { reported, type Reported, shoppers } from './tracking'
import './backstage.css'

/** Shows the reported events, the mistakes that can be switched on, and the findings. */
export function Backstage() {
  useEffect(() => watchFindings(), [])
  const shopper = shoppers.value.at(-1)
  const others = visitFindings.value.filter(({ code }) => !mistakes.some((mistake) => mistake.code === code))

  return (
    <aside class="backstage" aria-label="Behind the counter">
      <header class="backstage-header row row-baseline row-between">
        <h2 id="backstage" tabIndex={-1}>
          Behind the counter
        </h2>
        <a href="/">Open the workbench</a>
      </header>
      <p class="quiet">
        This shop runs auctions and reports to the workbench with Segment’s SDK. Click on a sponsored product, order it,
        and see the credit. Then switch on a mistake, and do it again.
      </p>

      <section aria-labelledby="reported">
        <h3 id="reported">Reported so far</h3>
        {reported.value.length === 0 ? (
          <p class="quiet">Nothing yet.</p>
        ) : (
          <ol class="reported panel" tabIndex={0} aria-label="Reported so far">
            {reported.value.map((event) => (
              <ReportedEvent key={event.messageId} event={event} />
            ))}
          </ol>
        )}
        {shopper !== undefined && (
          <p class="quiet">
            You are <a href={`/#/shoppers?user=${shopper}`}>{shopper.slice(0, 8)}</a> to Topsort.
          </p>
        )}
      </section>

      <section aria-labelledby="mistakes">
        <h3 id="mistakes">Make a mistake</h3>
        <p class="quiet">Each switch starts over with a new shopper.</p>
        <ul class="mistakes stack stack-near">
          {mistakes.map((mistake) => (
            <MistakeSwitch key={mistake.code} mistake={mistake} />
          ))}
        </ul>
      </section>

      {others.length > 0 && (
        <section aria-labelledby="others">
          <h3 id="others">Also found</h3>
          <ul class="others">
            {others.map(({ code, title }) => (
              <li key={code}>
                <a href={`/#/findings?code=${code}`}>{title}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </aside>
  )
}

function ReportedEvent({ event: { name, messageId, isSponsored, isFromServer } }: { event: Reported }) {
  return (
    <li class="row">
      <a href={`/#/events?query=${encodeURIComponent(`id:${messageId}`)}`}>{name}</a>
      {isFromServer && <span class="hint">from the server</span>}
      {isSponsored && <span class="badge tone-waiting">with a bid</span>}
    </li>
  )
}
