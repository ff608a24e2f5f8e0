import type { ComponentChildren } from 'preact'
import type { WholeDelivery } from '../../workbench/api'
import { Time } from '../components/Time'
import { Filter } from '../events/Filter'
import { creditOf, describeAbout } from '../events/row-text'
import { formatMoney, formatTime } from '../format'

/** What an event is about: its product, ad, value and ids. A click on a value filters the list by it. */
export function EventFacts({ delivery }: { delivery: WholeDelivery }) {
  const { about, ad, value, event, mapping, receivedAt, codes, stage } = delivery
  const users = [...new Set([event?.anonymousId, event?.userId].filter((user) => user !== undefined))]
  return (
    <dl class="facts">
      {about && (
        <Fact title="About">
          {about.kind === 'product' && about.id !== undefined ? (
            <>
              <Filter by="product" value={about.id}>
                {describeAbout(about)}
              </Filter>
              {about.name !== undefined && <span class="code quiet">{about.id}</span>}
            </>
          ) : (
            describeAbout(about)
          )}
        </Fact>
      )}
      {ad && (
        <Fact title="Ad">
          {ad.bid === undefined ? (
            <Filter by="is" value="organic">
              organic
            </Filter>
          ) : (
            <Filter by="bid" value={ad.bid}>
              {ad.of > 1 ? `${ad.sponsored} of ${ad.of} sponsored` : 'sponsored'}
            </Filter>
          )}
          {ad.auction && (
            <span class="quiet" title={ad.auction.at}>
              {ad.auction.format}, auction at {formatTime(ad.auction.at, 'seconds')}
            </span>
          )}
        </Fact>
      )}
      {value && (
        <Fact title="Value and credit">
          <strong>{formatMoney(value.amount, value.currency)}</strong>
          <span class={`text-${creditOf(value, stage).tone}`}>{creditOf(value, stage).text}</span>
        </Fact>
      )}
      {value && (
        <Fact title="Order">
          <Filter by="order" value={value.order} />
        </Fact>
      )}
      {users.length > 0 && (
        <Fact title="User">
          {users.map((user) => (
            <Filter key={user} by="user" value={user} />
          ))}
        </Fact>
      )}
      {mapping !== null && (
        <Fact title="Mapping">
          <Filter by="mapping" value={mapping} />
        </Fact>
      )}
      {codes.length > 0 && (
        <Fact title="Codes">
          {codes.map((code) => (
            <Filter key={code} by="code" value={code} />
          ))}
        </Fact>
      )}
      {event !== null && event.messageId !== '' && (
        <Fact title="Message id">
          <Filter by="id" value={event.messageId} />
        </Fact>
      )}
      <Fact title="Received">
        <Time at={receivedAt} />
      </Fact>
    </dl>
  )
}

function Fact({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt class="hint">{title}</dt>
      <dd>{children}</dd>
    </div>
  )
}
