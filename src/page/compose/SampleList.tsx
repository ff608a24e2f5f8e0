import { Panel } from '../ui'
import type { EventSample } from '../../workbench/api'
import { chooseSample, chosenSample, samples } from './compose-state'

const GROUPS: [EventSample['kind'], string][] = [
  ['case', 'What Topsort knows'],
  ['spec', 'Segment’s ecommerce events'],
  ['mistake', 'Mistakes']
]

/** Lists the samples by kind. Choosing one puts it into the text. */
export function SampleList() {
  const all = samples.value ?? []
  return (
    <Panel title="Samples">
      {GROUPS.map(([kind, title]) => {
        const own = all.filter((sample) => sample.kind === kind)
        return (
          own.length > 0 && (
            <section key={kind} class="samples">
              <h3 class="hint">{title}</h3>
              <ul>
                {own.map((sample) => (
                  <li key={sample.key}>
                    <button
                      type="button"
                      class="sample plain-button"
                      aria-pressed={chosenSample.value?.key === sample.key}
                      onClick={() => chooseSample(sample)}
                    >
                      <span class="name">{sample.title}</span>
                      <span class="hint">{sample.description}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          )
        )
      })}
    </Panel>
  )
}
