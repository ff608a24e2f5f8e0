import { Badge, Panel, type Tone } from '../../../page/ui'
import { formatCountOf } from '../numbers'
import type { ChangesSince } from '../report'
import { baselineTitle, DIFFERENCES } from '../words'

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
