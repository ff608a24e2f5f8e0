import { Panel } from '../ui'
import type { AuctionScript, Fault } from '../../workbench/api'
import { Button } from '../components/Button'
import { Empty } from '../components/Empty'
import { describeLimit, describeStep } from './fault-scripts'
import { faults } from '../stream/signals'
import { clearScripts } from './faults-state'

/** Shows the scripts that are not used up, live. */
export function ScriptsLeft() {
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
