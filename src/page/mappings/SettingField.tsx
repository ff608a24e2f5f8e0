import { useId } from 'preact/hooks'
import type { SettingEntry } from '../../workbench/api'
import { Switch } from '../components/Switch'
import { changeSetting } from './mappings-state'

/** One of the destination's settings. */
export function SettingField({ setting: { key, label, description, type, value } }: { setting: SettingEntry }) {
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
        onChange={({ currentTarget }) =>
          void changeSetting(key, type === 'number' ? Number(currentTarget.value) : currentTarget.value)
        }
      />
      <p class="hint">{description}</p>
    </div>
  )
}
