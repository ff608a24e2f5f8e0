import type { DeliveryRow } from '../../workbench/api'

/** Recent events with one name. */
export type NamedEvents = {
  type: string
  /** Empty for all types but track. */
  name: string
  count: number
  /** Whether a mapping takes them. */
  isTaken: boolean
}

/** Lists the names of recent events that a trigger can have, the most frequent first. */
export function listNames(rows: readonly DeliveryRow[]): NamedEvents[] {
  const named = new Map<string, NamedEvents>()
  for (const { event, mapping } of rows) {
    if (!event) continue
    const { type } = event
    const name = type === 'track' ? event.name : ''
    if (type === 'track' && !isWritable(name)) continue
    const { count, isTaken } = named.get(`${type} ${name}`) ?? { count: 0, isTaken: false }
    named.set(`${type} ${name}`, { type, name, count: count + 1, isTaken: isTaken || mapping !== null })
  }
  return [...named.values()].sort((one, other) => other.count - one.count)
}

/** A trigger has no way to write quotes. */
function isWritable(name: string): boolean {
  return name !== '' && !/["\\]/.test(name)
}
