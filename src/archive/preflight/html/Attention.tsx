import { Badge, Panel, type Tone } from '../../../page/ui'
import { formatCountOf } from '../numbers'
import type { ChangesSince, Report } from '../report'
import { describeEvidence, describeMissing, listOtherPoints } from '../verdict'
import { baselineTitle, DIFFERENCES, verdictTitle } from '../words'

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

const TONES: Record<(typeof DIFFERENCES)[number], Tone> = { new: 'bad', worse: 'waiting', gone: 'good' }

/** Shows what is new, worse or gone since an earlier report. */
export function BaselineChanges({ changes }: { changes: ChangesSince }) {
  const isSame = DIFFERENCES.every((kind) => changes[kind].length === 0)
  return (
    <Panel title={baselineTitle(changes)} note={formatCountOf(changes.baseline.events, 'event')}>
      {isSame && <p>Nothing is new, worse or gone.</p>}
      <ul class="differences">
        {DIFFERENCES.flatMap((kind) =>
          changes[kind].map(({ kind: of, code, platform = '', sentence, isLoss }) => (
            <li key={`${kind} ${of} ${code} ${platform}`}>
              <Badge tone={isLoss ? TONES[kind] : 'neutral'}>{kind}</Badge>
              <span>
                {sentence} <span class="hint code">{code}</span>
              </span>
            </li>
          ))
        )}
      </ul>
    </Panel>
  )
}
