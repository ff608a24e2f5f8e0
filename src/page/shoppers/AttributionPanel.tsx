import { useId } from 'preact/hooks'
import type { AttributionSettings } from '../../workbench/api'
import { NumberField, Switch } from '../components/fields'
import { Panel } from '../ui'
import { changeAttribution } from './shoppers-state'

/** The groups of ad formats that have their own rules, as Topsort groups them. */
const GROUPS = [
  { format: 'listings', one: 'a listing', many: 'listings' },
  { format: 'brands', one: 'a sponsored brand', many: 'sponsored brands' },
  { format: 'banners', one: 'a banner or video', many: 'banners and videos' }
] as const

/** Shows and changes the rules of credit. The picture shows each change at once. */
export function AttributionPanel({ settings }: { settings: AttributionSettings }) {
  const id = useId()
  const change = (format: (typeof GROUPS)[number]['format'], rules: Partial<AttributionSettings[typeof format]>) =>
    changeAttribution({ ...settings, [format]: { ...settings[format], ...rules } })
  return (
    <Panel title="How credit is given">
      <div class="stack">
        {GROUPS.map(({ format, one }) => (
          <div key={format} class="row row-between">
            <label for={`${id}-${format}`}>Days after {one}</label>
            <NumberField
              id={`${id}-${format}`}
              max={90}
              value={settings[format].windowDays}
              onChange={(windowDays) => change(format, { windowDays })}
            />
          </div>
        ))}
        {GROUPS.map(({ format, many }) => (
          <Switch
            key={format}
            label={`Impressions of ${many} count`}
            checked={settings[format].model === 'last-impression'}
            onChange={(isOn) => change(format, { model: isOn ? 'last-impression' : 'last-click' })}
          />
        ))}
        <p class="hint">Otherwise, only clicks count. A click beats an impression.</p>
        <Switch
          label="Halo"
          hint="An ad also gets the credit for other products of its vendor."
          checked={settings.halo}
          onChange={(halo) => changeAttribution({ ...settings, halo })}
        />
      </div>
    </Panel>
  )
}
