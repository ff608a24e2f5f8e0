import { useId } from 'preact/hooks'
import type { SettingEntry } from '../../workbench/api'
import { Button } from '../components/Button'
import { Switch } from '../components/fields'
import { Badge, Panel } from '../ui'
import { filters, nameFilter, removeFilters } from './filters-state'
import { changeSetting, settings } from './mappings-state'

/** What applies to all mappings: the settings of the destination, and the customer's filters before the mappings. */
export function SharedPanels() {
  return (
    <div class="mappings-all stack stack-far">
      {settings.value.length > 0 && (
        <Panel title="Settings of the destination">
          <div class="stack stack-far">
            {settings.value.map((setting) => (
              <SettingField key={setting.key} setting={setting} />
            ))}
          </div>
        </Panel>
      )}
      {filters.value.length > 0 && (
        <Panel title="Destination filters" actions={<Button onClick={removeFilters}>Remove all</Button>}>
          <ul class="filter-list stack stack-near">
            {filters.value.map((filter, index) => (
              <li key={index}>
                <span class="name">
                  {nameFilter(filter, index)} {filter.enabled === false && <Badge tone="neutral">off</Badge>}
                </span>
                <span class="hint">
                  {filter.actions.map(({ type }) => type).join(', ')} if {filter.if}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  )
}

function SettingField({ setting: { key, label, description, type, value } }: { setting: SettingEntry }) {
  const id = useId()
  if (type === 'boolean') {
    return (
      <Switch label={label} hint={description} checked={value === true} onChange={(isOn) => changeSetting(key, isOn)} />
    )
  }
  return (
    <div>
      <label for={id}>{label}</label>
      <input
        id={id}
        value={typeof value === 'string' || typeof value === 'number' ? value : ''}
        onChange={({ currentTarget: { value: text } }) =>
          void changeSetting(key, type === 'number' ? Number(text) : text)
        }
      />
      <p class="hint">{description}</p>
    </div>
  )
}
