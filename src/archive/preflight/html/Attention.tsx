import { Badge } from '../../../page/ui'
import type { Report, Verdict } from '../report'
import { describeEvidence } from '../verdict'

const TITLES: Record<Verdict['state'], string> = {
  'needs attention': 'Needs attention',
  clear: 'Nothing needs attention',
  'too little evidence': 'No mistake found, but too little to tell'
}

/** Shows the points to look at first, or why there are none. */
export function Attention({ report }: { report: Report }) {
  const { state, points, missing } = report.verdict
  return (
    <section class="panel attention" aria-labelledby="attention">
      <h2 id="attention">{TITLES[state]}</h2>
      {state === 'clear' && <p class="hint">{describeEvidence(report)}</p>}
      {state === 'too little evidence' && (
        <p class="hint">To tell that all is well, the archive needs {missing.join(', ')}.</p>
      )}
      <ul>
        {points.map(({ text, badge, tone, href }) => (
          <li key={text}>
            <Badge tone={tone}>{badge}</Badge>
            {href === undefined ? <span>{text}</span> : <a href={href}>{text}</a>}
          </li>
        ))}
      </ul>
    </section>
  )
}
