import { toneOfFinding } from '../events/columns'
import { findings } from '../stream/signals'
import { toHash } from '../hash'

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
