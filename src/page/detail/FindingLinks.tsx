import { isGoodNews } from '../ui'
import { findings } from '../stream/signals'
import { toHash } from '../hash'

/** Links to the findings about an event. */
export function FindingLinks({ codes }: { codes: string[] }) {
  return (
    <ul class="finding-links">
      {codes.map((code) => {
        const finding = findings.value?.find((candidate) => candidate.code === code)
        return (
          <li key={code} class={`callout ${finding && isGoodNews(finding) ? 'tone-good' : 'tone-waiting'}`}>
            {finding ? `${finding.title}. ` : ''}
            <a href={toHash('/findings', { code })}>{finding ? 'Why, and what to do' : code}</a>
          </li>
        )
      })}
    </ul>
  )
}
