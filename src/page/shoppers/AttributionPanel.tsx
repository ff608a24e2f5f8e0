import { useId } from 'preact/hooks'
import { Panel } from '../ui'
import type { AttributionSettings } from '../../workbench/api'
import { NumberField } from '../components/NumberField'
import { Switch } from '../components/Switch'
import { changeAttribution } from './shoppers-state'

/** Shows and changes the rules of credit. The picture shows each change at once. */
export function AttributionPanel({ settings: { windowDays, model, halo } }: { settings: AttributionSettings }) {
  return (
    <Panel title="How credit is given">
      <div class="stack">
        <Window
          label="Days after a listing"
          value={windowDays.listings}
          onChange={(listings) => changeAttribution({ windowDays: { listings } })}
        />
        <Window
          label="Days after a banner"
          value={windowDays.banners}
          onChange={(banners) => changeAttribution({ windowDays: { banners } })}
        />
        <Switch
          label="Impressions count"
          hint="Without it, only clicks do. A click beats an impression."
          checked={model === 'last-impression'}
          onChange={(isOn) => changeAttribution({ model: isOn ? 'last-impression' : 'last-click' })}
        />
        <Switch
          label="Halo"
          hint="An ad also gets the credit for other products of its vendor."
          checked={halo}
          onChange={(isOn) => changeAttribution({ halo: isOn })}
        />
      </div>
    </Panel>
  )
}

type WindowProps = { label: string; value: number; onChange: (days: number) => unknown }

function Window({ label, value, onChange }: WindowProps) {
  const id = useId()
  return (
    <div class="row row-between">
      <label for={id}>{label}</label>
      <NumberField id={id} max={90} value={value} onChange={onChange} />
    </div>
  )
}
