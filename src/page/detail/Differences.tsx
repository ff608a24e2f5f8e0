import type { ExplainedDifference } from '../../workbench/api'
import { formatValue } from '../format'

/** Explains the values that the destination changed or did not send. The columns above have the same numbers. */
export function Differences({ differences }: { differences: ExplainedDifference[] }) {
  if (differences.length === 0) return null
  return (
    <section class="detail-part">
      <h3>What the destination changed</h3>
      <ol class="stack">
        {differences.map((difference, index) => (
          <li key={difference.path} class="difference" id={explanationId(index + 1)} tabIndex={-1}>
            <span class={`difference-number ${'to' in difference ? 'tone-waiting' : 'tone-bad'}`}>{index + 1}</span>
            <div>
              <p>
                <strong>{difference.label || difference.path}</strong> <span class="code">{difference.path}</span>
              </p>
              <p class="code difference-values">
                <del>{formatValue(difference.from)}</del>
                <span aria-hidden="true"> → </span>
                {'to' in difference ? <ins>{formatValue(difference.to)}</ins> : <span>not sent</span>}
              </p>
              {difference.rule !== '' && <p>{difference.rule}</p>}
              {difference.description !== '' && <p class="hint">{difference.description}</p>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

function explanationId(number: number): string {
  return `difference-${number}`
}

type Props = {
  /** From 1, as in the list of explanations. */
  number: number
  difference: ExplainedDifference
}

/** The number of a difference, as a link to its explanation. */
export function DifferenceNote({ number, difference: { rule, label } }: Props) {
  return (
    <button
      type="button"
      class="json-note"
      aria-label={`Why ${label} was changed: explanation ${number}`}
      title={rule}
      onClick={() => document.getElementById(explanationId(number))?.focus()}
    >
      {number}
    </button>
  )
}
