import { useId } from 'preact/hooks'
import { Panel } from '../ui'
import type { AttributionSettings } from '../../workbench/api'
import { NumberField, Switch } from '../components/fields'
import { changeAttribution, type FormatGroup } from './shoppers-state'

/** The groups of ad formats that have their own rules, as Topsort groups them. */
const GROUPS: { format: FormatGroup; one: string; many: string }[] = [
  { format: 'listings', one: 'a listing', many: 'listings' },
  { format: 'brands', one: 'a sponsored brand', many: 'sponsored brands' },
  { format: 'banners', one: 'a banner or video', many: 'banners and videos' }
]

/** Shows and changes the rules of credit. The picture shows each change at once. */
export function AttributionPanel({ settings }: { settings: AttributionSettings }) {
  return (
    <Panel title="How credit is given">
      <div class="stack">
        {GROUPS.map(({ format, one }) => (
          <Window
            key={format}
            label={`Days after ${one}`}
            value={settings[format].windowDays}
            onChange={(windowDays) => changeAttribution({ [format]: { windowDays } })}
          />
        ))}
        {GROUPS.map(({ format, many }) => (
          <Switch
            key={format}
            label={`Impressions of ${many} count`}
            checked={settings[format].model === 'last-impression'}
            onChange={(isOn) => changeAttribution({ [format]: { model: isOn ? 'last-impression' : 'last-click' } })}
          />
        ))}
        <p class="hint">Otherwise, only clicks count. A click beats an impression.</p>
        <Switch
          label="Halo"
          hint="An ad also gets the credit for other products of its vendor."
          checked={settings.halo}
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
