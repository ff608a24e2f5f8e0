import type { ComponentChildren } from 'preact'
import type { WholeDelivery } from '../../workbench/api'
import { Time } from '../components/Time'
import { About, Ad, Value } from '../events/cells'
import { Filter } from '../events/Filter'

/** What an event is about: its product, ad, value and ids. A click on a value filters the list by it. */
export function EventFacts({ delivery }: { delivery: WholeDelivery }) {
  const { value, event, mapping, receivedAt, codes } = delivery
  const users = [...new Set([event?.anonymousId, event?.userId].filter((user) => user !== undefined))]
  return (
    <dl class="facts">
      {delivery.about && (
        <Fact title="About">
          <About row={delivery} />
        </Fact>
      )}
      {delivery.ad && (
        <Fact title="Ad">
          <Ad row={delivery} />
        </Fact>
      )}
      {value && (
        <Fact title="Value and credit">
          <Value row={delivery} />
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
