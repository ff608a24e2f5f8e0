import { useEffect } from 'preact/hooks'
import { Button } from '../components/Button'
import './clock.css'
import { clock, followClock, resetClock } from './clock-state'

/** Says at the top of each view that the clock was set. */
export function ClockStrip() {
  useEffect(followClock, [])
  return (
    <div role="status">
      {clock.value?.isSet && (
        <p class="clock-strip row row-between">
          <span>
            The clock of the workbench was set: <strong>{formatDay(clock.value.now)}</strong>
          </span>
          <Button variant="quiet" onClick={resetClock}>
            Use the time of this machine
          </Button>
        </p>
      )}
    </div>
  )
}

/** Writes a date and a time to the minute, in the reader's time zone. */
function formatDay(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}
