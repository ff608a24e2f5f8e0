import { Badge, type Tone } from '../ui'
import { formatValue } from '../format'
import type { EntryChange } from './compare-entries'

const TONES: Record<EntryChange['kind'], Tone> = { added: 'good', changed: 'waiting', removed: 'bad', same: 'neutral' }

/** Shows what an import adds, changes and removes. */
export function EntryChanges({ changes }: { changes: readonly EntryChange[] }) {
  const kinds = Object.keys(TONES) as EntryChange['kind'][]
  const counts = kinds.map((kind) => [kind, changes.filter((change) => change.kind === kind).length] as const)
  return (
    <section class="stack stack-near" aria-label="What changes">
      <h3 class="row">
        What changes
        {counts.map(([kind, count]) => count > 0 && <Badge tone={TONES[kind]}>{`${count} ${kind}`}</Badge>)}
      </h3>
      <ul class="entry-changes">
        {changes.map((change) => (
          <li key={change.name}>
            <Entry change={change} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Entry({ change: { name, kind, parts } }: { change: EntryChange }) {
  const head = (
    <>
      <span class="entry-name">{name}</span> <Badge tone={TONES[kind]}>{kind}</Badge>
    </>
  )
  if (parts.length === 0) return <p>{head}</p>
  return (
    <details open={kind === 'changed'}>
      <summary>{head}</summary>
      <Changes changes={parts.map(({ part, ...values }) => ({ path: part, ...values }))} write={writePart} />
    </details>
  )
}

/** Triggers and conditions are easier to read without the backslashes of JSON. */
function writePart(value: unknown): string {
  return typeof value === 'string' ? value : formatValue(value)
}

type Props = {
  changes: readonly { path: string; from?: unknown; to?: unknown }[]
  /** Default: as JSON. */
  write?: (value: unknown) => string
}

/** Lists values that change: where, from what, and to what. */
export function Changes({ changes, write = formatValue }: Props) {
  return (
    <ul class="changes">
      {changes.map(({ path, from, to }) => (
        <li key={path} class="code row row-baseline">
          <code class="quiet">{path}</code>
          {from !== undefined && <del>{write(from)}</del>}
          {from !== undefined && to !== undefined && <span class="visually-hidden">becomes</span>}
          {to !== undefined && <ins>{write(to)}</ins>}
        </li>
      ))}
    </ul>
  )
}
