import type { ComponentChildren } from 'preact'
import type { SearchKeyName } from '../../core/search-language'
import type { WholeDelivery } from '../../workbench/api'
import { Time } from '../components/texts'
import { About, Ad, Filter, Value } from '../events/cells'
import { toneOfFinding } from '../events/columns'
import { findings } from '../stream/signals'
import { toHash } from '../hash'
import { formatCount } from '../format'
import { largestParts, MAX_CALL_BYTES, sizeOf } from './largest-parts'

/** What an event is about: its product, ad, value and ids. A click on a value filters the list by it. */
export function EventFacts({ delivery }: { delivery: WholeDelivery }) {
  const { about, ad, value, event, mapping, receivedAt, codes } = delivery
  const users = new Set([event?.anonymousId, event?.userId])
  const filters: [title: string, by: SearchKeyName, values: readonly (string | null | undefined)[]][] = [
    ['Order', 'order', [value?.order]],
    ['User', 'user', [...users]],
    ['Mapping', 'mapping', [mapping]],
    ['Codes', 'code', codes],
    ['Message id', 'id', [event?.messageId]]
  ]
  return (
    <dl class="facts">
      <Fact title="About">{about && <About row={delivery} />}</Fact>
      <Fact title="Ad">{ad && <Ad row={delivery} />}</Fact>
      <Fact title="Value and credit">{value && <Value row={delivery} />}</Fact>
      {filters.map(([title, by, values]) => {
        const known = values.flatMap((each) => each || [])
        return (
          <Fact key={title} title={title}>
            {known.length > 0 && known.map((each) => <Filter key={each} by={by} value={each} />)}
          </Fact>
        )
      })}
      <Fact title="Received">
        <Time at={receivedAt} />
      </Fact>
    </dl>
  )
}

/** A fact with its name. Shows nothing without a value. */
function Fact({ title, children }: { title: string; children: ComponentChildren }) {
  if (!children) return null
  return (
    <div class="fact">
      <dt class="hint">{title}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Links to the findings about an event. */
export function FindingLinks({ codes }: { codes: string[] }) {
  return (
    <ul class="finding-links">
      {codes.map((code) => {
        const finding = findings.value?.find((candidate) => candidate.code === code)
        return (
          <li key={code}>
            <a
              class={`finding-link tone-${toneOfFinding(code)}`}
              href={toHash('/findings', { code })}
              title="Why, and what to do"
            >
              {finding?.title ?? code}
            </a>
          </li>
        )
      })}
    </ul>
  )
}

/** Shows which properties make a call too large for Segment. Nothing for calls of an allowed size. */
export function LargestParts({ call }: { call: unknown }) {
  const size = sizeOf(call)
  if (size <= MAX_CALL_BYTES) return null
  return (
    <section class="detail-part">
      <h3>The largest properties</h3>
      <p class="hint">
        The call has {formatCount(size)} bytes of JSON. Segment takes {formatCount(MAX_CALL_BYTES)}.
      </p>
      <ol class="largest">
        {largestParts(call).map(({ path, bytes }) => (
          <li key={path}>
            <span class="code">{path}</span>
            <span class="largest-bar" style={{ '--share': bytes / size }} />
            <span>{formatCount(bytes)} bytes</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
