import { Badge } from '../../../page/ui'
import type { Report } from '../report'
import { describeEvidence, describeMissing, listOtherPoints } from '../verdict'
import { verdictTitle } from '../words'

/** Says what costs most, then the other points to look at, or why there are none. */
export function Attention({ report }: { report: Report }) {
  const { diagnosis, verdict } = report
  const { state, missing } = verdict
  return (
    <section class="panel attention" aria-labelledby="attention">
      <h2 id="attention">{verdictTitle(report)}</h2>
      {state === 'clear' && <p class="hint">{describeEvidence(report)}</p>}
      {state === 'too little evidence' && <p class="hint">{describeMissing(report)}</p>}
      {diagnosis.length > 0 && (
        <ol class="diagnosis">
          {diagnosis.map(({ code, sentence }) => (
            <li key={code}>
              <span>{sentence}</span> <a href={`#${code}`}>{code}</a>
            </li>
          ))}
        </ol>
      )}
      <ul>
        {listOtherPoints(report).map(({ text, badge, tone, href }) => (
          <li key={text}>
            <Badge tone={tone}>{badge}</Badge>
            {href === undefined ? <span>{text}</span> : <a href={href}>{text}</a>}
          </li>
        ))}
      </ul>
      {state === 'needs attention' && missing.length > 0 && <p class="hint">{describeMissing(report)}</p>}
    </section>
  )
}
