import { useId, useState } from 'preact/hooks'
import { Button } from '../components/Button'
import { NumberField } from '../components/fields'
import { Panel } from '../ui'
import { changeClock } from './clock-state'

/** The largest step of the clock: the longest attribution window, and a day. */
const MAX_DAYS = 91

/** Moves the clock of the workbench, for example to try an order ten days after its auction. */
export function ClockPanel() {
  const id = useId()
  const [days, setDays] = useState(10)
  return (
    <Panel title="Clock">
      <div class="stack">
        <div class="row">
          <label for={id}>Move the clock by days</label>
          <NumberField id={id} max={MAX_DAYS} value={days} onChange={setDays} />
          <Button onClick={() => changeClock({ advance: { days } })}>Move</Button>
        </div>
        <p class="quiet">Auctions, new events and attribution follow it. So you can try an order days after its ad.</p>
      </div>
    </Panel>
  )
}
