import type { ExplainedDifference } from '../../workbench/api'

/** The id of an explanation in the document. */
export function explanationId(number: number): string {
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
