import type { MappingEntry } from '../../workbench/api'
import { get, put } from '../api'

const NAME = 'Add to Cart as a Click'
const PATH = '/workbench/mappings'

/**
 * Adds a second click mapping, which takes `Product Added`, or removes it. A tap on "Add" then makes two clicks, because
 * the shop reports `Product Clicked` for it too.
 */
export async function switchDoubleMapping(isOn: boolean): Promise<void> {
  const mappings = await get<MappingEntry[]>(PATH)
  const others = mappings.filter(({ name }) => name !== NAME)
  const click = others.find(({ name, action }) => name === 'Click' && action === 'click')
  if (isOn && !click) throw new Error('There is no mapping "Click" to copy. Switch the preset on in Mappings.')
  const double = click && { ...click, name: NAME, enabled: true, trigger: 'type = "track" and event = "Product Added"' }
  await put(PATH, isOn && double ? [...others, double] : others)
}

/** Returns whether the second click mapping is on. Somebody may have changed the mappings or restarted the workbench. */
export async function isDoublyMapped(): Promise<boolean> {
  const mappings = await get<MappingEntry[]>(PATH)
  return mappings.some(({ name, enabled }) => name === NAME && enabled)
}
