import { InputError } from '../core'
import type { Mapping, MappingSwitch } from '../pipeline'
import type { MappingEntry } from './api'

/** Converts mappings to entries with the names that customers know: action and trigger. */
export function toMappingEntries(mappings: readonly Mapping[]): MappingEntry[] {
  return mappings.map(({ name, partnerAction, subscribe, enabled, mapping }) => ({
    name,
    action: partnerAction,
    trigger: subscribe,
    enabled,
    mapping
  }))
}

/** Returns the switches if the value is a list of `{name, enabled}` and nothing else. */
export function readSwitches(value: unknown): MappingSwitch[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  const switches = value as unknown[]
  if (!switches.every(isOnlySwitch)) return undefined
  const wrong = switches.findIndex((item) => typeof item.name !== 'string' || typeof item.enabled !== 'boolean')
  if (wrong === -1) return switches as MappingSwitch[]
  throw new InputError(
    `The switch mappings[${wrong}] is not {"name": "...", "enabled": true or false}. To replace the mappings, each needs "action" and "trigger" as well.`
  )
}

function isOnlySwitch(item: unknown): item is Record<string, unknown> {
  if (typeof item !== 'object' || item === null) return false
  const keys = Object.keys(item)
  return keys.length > 0 && keys.every((key) => key === 'name' || key === 'enabled')
}
