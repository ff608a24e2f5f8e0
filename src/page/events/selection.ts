import { computed } from '@preact/signals'
import { changeParameters, go, place } from '../place'
import type { DeliveryRow } from '../../workbench/api'
import { rows } from '../stream/signals'
import { isNarrow } from '../window'

/** The selected row's sequence number, as it is in the URL. */
export const selected = computed(() => {
  const { event } = place.value.parameters
  return event === undefined ? undefined : Number(event)
})

/** Opens an event. In a narrow window it replaces the list, and the back button returns to the list. */
export function select({ sequence }: Pick<DeliveryRow, 'sequence'>): void {
  const event = String(sequence)
  if (isNarrow.value && selected.value === undefined) {
    const { path, parameters } = place.value
    go(path, { ...parameters, event })
  } else {
    changeParameters({ event })
  }
}

/** Closes the event that is open. */
export function deselect(): void {
  changeParameters({ event: undefined })
}

/** Moves the selection down by so many rows, or up if negative. Without a selection it starts at the newest. */
export function selectBy(step: number): void {
  const all = rows.value
  if (all.length === 0) return
  const index = all.findIndex(({ sequence }) => sequence === selected.value)
  const next = index === -1 ? 0 : Math.min(all.length - 1, Math.max(0, index + step))
  select(all[next])
}
