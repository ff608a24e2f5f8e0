import { useEffect, useState } from 'preact/hooks'
import { sayMoneys, sayShare } from '../../checks/say'
import { SEVERITIES } from '../../checks/severities'
import { type SearchKeyName, toTerm } from '../../core/search-language'
import type { EventKind, Finding, Sample, Trend as TrendData } from '../../workbench/api'
import { ShareCase } from '../cases/ShareCase'
import { CopyButton } from '../components/Button'
import { Time } from '../components/texts'
import { formatCount, formatCountOf } from '../format'
import { toHash } from '../hash'
import { Badge, FindingReason, sampleColumns, Table } from '../ui'
import { findFix } from './fix-snippets'

/** Shows a finding as a row, and below it why it costs, what to do, and the newest cases if the reader opens it. */
export function FindingPanel({ finding, isNamed }: { finding: Finding; isNamed: boolean }) {
  const [isOpen, setIsOpen] = useState(isNamed)
  useEffect(() => {
    if (isNamed) setIsOpen(true)
  }, [isNamed])
  const { code, samples } = finding
  const user = samples.findLast((sample) => sample.user)?.user
  return (
    <article class={`finding panel ${isNamed ? 'is-named' : ''}`} id={code}>
      <FindingRow finding={finding} isOpen={isOpen} onToggle={() => setIsOpen(!isOpen)} />
      {isOpen && (
        <div class="finding-body" id={`${code}-body`}>
          <FindingReason finding={finding} />
          <Fix finding={finding} />
          {samples.length > 0 && (
            <Table
              caption={`Cases of ${code}`}
              columns={sampleColumns(samples, showValue)}
              rows={[...samples].reverse()}
              keyOf={(sample) => JSON.stringify(sample)}
            />
          )}
          {user !== undefined && (
            <div class="finding-share">
              <ShareCase user={user} />
            </div>
          )}
        </div>
      )}
    </article>
  )
}

type RowProps = { finding: Finding; isOpen: boolean; onToggle: () => void }

function FindingRow({ finding, isOpen, onToggle }: RowProps) {
  const { code, severity, title, cost, otherCosts, trend, first, last, isResolved } = finding
  return (
    <header class="finding-row">
      <div class="stack stack-close">
        <h2>
          <button
            type="button"
            class="plain-button finding-toggle"
            aria-expanded={isOpen}
            aria-controls={isOpen ? `${code}-body` : undefined}
            onClick={onToggle}
          >
            {title}
          </button>
        </h2>
        <div class="row">
          <Badge tone={isResolved ? 'neutral' : SEVERITIES[severity].tone}>{severity}</Badge>
          {isResolved && <Badge tone="good">resolved</Badge>}
          {cost && (
            <strong>
              {sayMoneys([cost, ...otherCosts])} {cost.of}
            </strong>
          )}
          <span class="hint code">{code}</span>
        </div>
      </div>
      <FindingShare finding={finding} />
      {trend && <Trend trend={trend} />}
      <div class="hint finding-seen">
        {isResolved || first === last ? null : <Seen what="first seen" at={first} />}
        <Seen what={isResolved ? 'not seen since' : first === last ? 'seen' : 'last seen'} at={last} />
      </div>
    </header>
  )
}

function Seen({ what, at }: { what: string; at: string }) {
  return (
    <span>
      {what} <Time at={at} precision="minutes" />
    </span>
  )
}

/** The names of one call of a kind, and of several. */
const KINDS: Record<EventKind, [one: string, several: string]> = {
  order: ['order', 'orders'],
  click: ['click', 'clicks'],
  view: ['view', 'views'],
  interaction: ['view or click', 'views and clicks'],
  event: ['event', 'events']
}

/** Says how many events have a case, and links to them. A finding about all events together says so in its sentence. */
function FindingShare({ finding: { code, count, events = 0, of, sentence } }: Pick<RowProps, 'finding'>) {
  if (events === 0) return <div>{sentence === undefined && formatCountOf(count, 'case')}</div>
  return (
    <div class="finding-share">
      <span>
        {of
          ? `${formatCount(events)} of ${formatCount(of.count)} ${KINDS[of.kind][of.count === 1 ? 0 : 1]}`
          : formatCountOf(count, 'case')}
        {of && <span class="hint"> {sayShare(events / of.count)}</span>}
      </span>
      <a href={toHash('/events', { query: toTerm('finding', code) })}>
        {events === 1 ? 'the event' : `all ${formatCount(events)} events`}
      </a>
    </div>
  )
}

/** Shows the fix as code, for the SDK that made the newest case. */
function Fix({ finding }: Pick<RowProps, 'finding'>) {
  const fix = findFix(finding)
  if (fix === undefined) return null
  return (
    <div class="finding-fix stack stack-near">
      <div class="row row-between">
        <h3>
          The fix <span class="hint">{fix.place}</span>
        </h3>
        <CopyButton what="the fix" text={() => fix.code} />
      </div>
      <pre class="snippet" tabIndex={0} aria-label={`The fix of ${finding.code}`} role="region">
        <code>{fix.code}</code>
      </pre>
    </div>
  )
}

/** The keys of the search that find the events of a value. */
const SEARCH_FIELDS: { [Key in keyof Sample]?: SearchKeyName } = {
  messageId: 'id',
  otherMessageId: 'id',
  user: 'user',
  otherUser: 'user',
  product: 'product',
  order: 'order',
  bid: 'bid'
}

/** Shows a value of a sample, as a link to its events if a search can find them. */
function showValue(value: string, key: keyof Sample) {
  const field = SEARCH_FIELDS[key]
  const shared = { class: 'code clip finding-value', title: value, children: value }
  if (field === undefined) return <span {...shared} />
  return <a {...shared} href={toHash('/events', { query: toTerm(field, value) })} />
}

const WIDTH = 3
const GAP = 1
const HEIGHT = 24

/** Draws the number of cases over time, a bar for each minute, hour or day. */
function Trend({ trend: { step, counts } }: { trend: TrendData }) {
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
