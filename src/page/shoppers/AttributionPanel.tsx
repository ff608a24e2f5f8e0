import { useId } from 'preact/hooks'
import { Panel } from '../ui'
import type { AttributionSettings } from '../../workbench/api'
import { Switch } from '../components/Switch'
import { changeAttribution } from './shoppers-state'

/** Shows and changes the rules of credit. The picture shows each change at once. */
export function AttributionPanel({ settings: { windowDays, model, halo } }: { settings: AttributionSettings }) {
  return (
    <Panel title="How credit is given">
      <div class="attribution">
        <Window
          label="Days after a listing"
          value={windowDays.listings}
          onChange={(listings) => {
            void changeAttribution({ windowDays: { listings } })
          }}
        />
        <Window
          label="Days after a banner"
          value={windowDays.banners}
          onChange={(banners) => {
            void changeAttribution({ windowDays: { banners } })
          }}
        />
        <Switch
          label="Impressions count"
          hint="Without it, only clicks do. A click beats an impression."
          checked={model === 'last-impression'}
          onChange={(isOn) => {
            void changeAttribution({ model: isOn ? 'last-impression' : 'last-click' })
          }}
        />
        <Switch
          label="Halo"
          hint="An ad also gets the credit for other products of its vendor."
          checked={halo}
          onChange={(isOn) => {
            void changeAttribution({ halo: isOn })
          }}
        />
      </div>
    </Panel>
  )
}

const MAX_DAYS = 90

function Window({ label, value, onChange }: { label: string; value: number; onChange: (days: number) => void }) {
  const id = useId()
  return (
    <div class="window-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={1}
        max={MAX_DAYS}
        value={value}
        onChange={({ currentTarget }) => {
          const days = currentTarget.valueAsNumber
          if (Number.isInteger(days) && days >= 1 && days <= MAX_DAYS) onChange(days)
          else currentTarget.value = String(value)
        }}
      />
    </div>
  )
}
