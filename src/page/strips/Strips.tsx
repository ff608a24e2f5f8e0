import { useEffect } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import { changeClock, clock, followClock } from '../clock/clock-state'
import { Button } from '../components/Button'
import { Time } from '../components/texts'
import { describeFaults } from '../faults/fault-scripts'
import { clearScripts } from '../faults/faults-state'
import { formatDay, formatTime } from '../format'
import { connection, faults, lostAt, workbench } from '../stream/signals'
import type { Tone } from '../ui'
import './strips.css'

/** Says at the top of each view what is not as usual: no connection, live mode, a saved case, faults, another time. */
export function Strips() {
  useEffect(followClock, [])
  const { live = false, case: opened } = workbench.value ?? {}
  const faultsText = describeFaults(faults.value)
  return (
    <div class="strips" role="status">
      {connection.value === 'lost' && (
        <Strip tone="bad">
          <strong>The workbench does not answer.</strong> What you see is from{' '}
          <Time at={lostAt.value} precision="seconds" />. The page tries again.
        </Strip>
      )}
      {live && (
        <Strip tone="bad">
          <strong>Live.</strong> Events go to Topsort itself, and are billed.
        </Strip>
      )}
      {faultsText !== '' && (
        <Strip tone="waiting" action="End" onAct={clearScripts}>
          <strong>Topsort fails on purpose.</strong> {faultsText}
        </Strip>
      )}
      {opened && (
        <Strip tone="accent">
          <strong>This is a saved case</strong> of <span title={opened.savedAt}>{formatCaseTime(opened.savedAt)}</span>
          {opened.masked && ', with pseudonyms for its users'}. New events are added to it.
        </Strip>
      )}
      {clock.value?.isSet && (
        <Strip
          tone="accent"
          kind="clock-strip"
          action="Use the time of this machine"
          onAct={() => changeClock({ reset: true })}
        >
          The clock of the workbench was set: <strong>{formatTime(clock.value.now, 'minutes')}</strong>
        </Strip>
      )}
    </div>
  )
}

type StripProps = {
  tone: Tone
  kind?: string
  /** The title of its button. Default: no button. */
  action?: string
  onAct?: () => unknown
  children: ComponentChildren
}

function Strip({ tone, kind = '', action, onAct, children }: StripProps) {
  return (
    <div class={`strip tone-${tone} ${kind} row row-between`}>
      <p>{children}</p>
      {action !== undefined && <Button onClick={onAct}>{action}</Button>}
    </div>
  )
}

function formatCaseTime(iso: string): string {
  const day = formatDay(iso)
  return `${day === 'Today' ? 'today' : day}, ${formatTime(iso, 'minutes').slice(-5)}`
}
