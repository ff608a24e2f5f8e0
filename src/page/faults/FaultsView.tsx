import { useId } from 'preact/hooks'
import type { AuctionScript, Fault } from '../../workbench/api'
import { Panel } from '../ui'
import { ClockPanel } from '../clock/ClockPanel'
import { Button } from '../components/Button'
import { NumberField } from '../components/fields'
import { Empty, Problem, ViewHeader } from '../components/texts'
import { sendSample } from '../first-screen/send-sample'
import { notify, orNotify } from '../notice'
import { Drill } from './Drill'
import { describeLimit, describeStep, faultScripts, type FaultTarget } from './fault-scripts'
import './faults.css'
import { faults, workbench } from '../stream/signals'
import { addScript, clearScripts, length, type LengthUnit, unit } from './faults-state'

/** Makes Topsort fail on purpose. */
export function FaultsView() {
  return (
    <>
      <ViewHeader
        title="Faults"
        lead="Make Topsort fail on purpose, and see what becomes of the events. The next requests take the scripts, one after the other."
      >
        <Button onClick={() => orNotify(send)}>Send the sample</Button>
      </ViewHeader>
      <Problem text={workbench.value?.live ? 'There is no sandbox in live mode: events go to Topsort itself.' : ''} />
      <div class="faults columns">
        <div class="stack stack-far">
          <Drill />
          <LengthField />
          <Scripts title="Events" target="events" />
          <Scripts title="Auctions" target="auctions" />
          <ClockPanel />
        </div>
        <ScriptsLeft />
      </div>
    </>
  )
}

async function send(): Promise<void> {
  await sendSample()
  notify('Sent the sample: see it in Events.')
}

function Scripts({ title, target }: { title: string; target: FaultTarget }) {
  return (
    <Panel title={title}>
      <ul>
        {faultScripts[target].map((script) => (
          <li key={script.title} class="fault">
            <Button onClick={() => addScript(target, script)}>{script.title}</Button>
            <p class="quiet">{script.text}</p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const UNITS = { requests: 'requests', seconds: 'seconds', minutes: 'minutes', ended: 'until I end it' }

function LengthField() {
  const id = useId()
  return (
    <div class="row fault-length">
      <label for={id}>{unit.value === 'ended' ? 'Apply' : 'Apply to the next'}</label>
      {unit.value !== 'ended' && (
        <NumberField id={id} max={1_000} value={length.value} onChange={(count) => (length.value = count)} />
      )}
      <select
        id={unit.value === 'ended' ? id : undefined}
        aria-label={unit.value === 'ended' ? undefined : 'What is counted'}
        value={unit.value}
        onChange={({ currentTarget }) => (unit.value = currentTarget.value as LengthUnit)}
      >
        {Object.entries(UNITS).map(([key, title]) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Shows the scripts that are not used up, live. */
function ScriptsLeft() {
  const { events, auctions } = faults.value
  const isEmpty = events.length + auctions.length === 0
  return (
    <Panel
      title="What is left"
      actions={
        <Button disabled={isEmpty} onClick={clearScripts}>
          End all
        </Button>
      }
    >
      <div role="status">
        {isEmpty ? (
          <Empty title="Everything works">The next request is answered as usual.</Empty>
        ) : (
          <div class="stack stack-far">
            <Steps title="Requests with events" steps={events} />
            <Steps title="Auctions" steps={auctions} />
          </div>
        )}
      </div>
    </Panel>
  )
}

function Steps({ title, steps }: { title: string; steps: (Fault | AuctionScript)[] }) {
  if (steps.length === 0) return null
  return (
    <section>
      <h3 class="hint">{title}</h3>
      <ol>
        {steps.map((step, index) => (
          <li key={index} class="left-step">
            <span class={step.times === undefined ? 'text-waiting' : 'left-times text-waiting'}>
              {describeLimit(step)}
            </span>
            <span>{describeStep(step)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
