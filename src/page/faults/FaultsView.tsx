import { useEffect, useId } from 'preact/hooks'
import { Panel } from '../ui'
import { Button } from '../components/Button'
import { ViewHeader } from '../components/ViewHeader'
import { sendSample } from '../first-screen/send-sample'
import { notify, notifyError } from '../notice'
import { faultScripts } from './fault-scripts'
import type { FaultScript } from './fault-scripts'
import './faults.css'
import { addScript, faultsProblem, followFaults, times } from './faults-state'
import { ScriptsLeft } from './ScriptsLeft'

/** Makes Topsort fail on purpose. */
export function FaultsView() {
  useEffect(followFaults, [])
  return (
    <>
      <ViewHeader
        title="Faults"
        lead="Make Topsort fail on purpose, and see what becomes of the events. The next requests take the scripts, one after the other."
      >
        <Button
          onClick={() => {
            sendSample().then(() => {
              notify('Sent the sample: see it in Events.')
            }, notifyError)
          }}
        >
          Send the sample
        </Button>
      </ViewHeader>
      {faultsProblem.value !== '' && (
        <p class="problem" role="alert">
          {faultsProblem.value}
        </p>
      )}
      <div class="faults">
        <div class="faults-main">
          <TimesField />
          <Scripts title="Events" target="events" />
          <Scripts title="Auctions" target="auctions" />
        </div>
        <ScriptsLeft />
      </div>
    </>
  )
}

function Scripts({ title, target }: { title: string; target: FaultScript['target'] }) {
  return (
    <Panel title={title}>
      <ul class="fault-list">
        {faultScripts
          .filter((script) => script.target === target)
          .map((script) => (
            <li key={script.title} class="fault">
              <Button
                onClick={() => {
                  void addScript(script)
                }}
              >
                {script.title}
              </Button>
              <p>{script.text}</p>
            </li>
          ))}
      </ul>
    </Panel>
  )
}

const MAX_TIMES = 1_000

function TimesField() {
  const id = useId()
  return (
    <div class="fault-times">
      <label for={id}>Apply to the next</label>
      <input
        id={id}
        type="number"
        min={1}
        max={MAX_TIMES}
        value={times.value}
        onChange={({ currentTarget }) => {
          const count = currentTarget.valueAsNumber
          if (Number.isInteger(count) && count >= 1 && count <= MAX_TIMES) times.value = count
          else currentTarget.value = String(times.value)
        }}
      />
      <span>requests</span>
    </div>
  )
}
