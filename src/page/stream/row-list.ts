import type { DeliveryRow } from '../../workbench/api'

/**
 * Adds new and changed rows to a list.
 *
 * @param rows newest first
 * @param changes rows in any order. Of two rows with the same sequence number, the later one is used
 * @param limit the largest number of rows. The oldest ones are dropped
 * @returns a new list, newest first
 */
export function mergeRows(
  rows: readonly DeliveryRow[],
  changes: readonly DeliveryRow[],
  limit: number
): readonly DeliveryRow[] {
  const changed = new Map(changes.map((row) => [row.sequence, row]))
  const kept = rows.map((row) => {
    const change = changed.get(row.sequence)
    changed.delete(row.sequence)
    return change ?? row
  })
  const added = [...changed.values()].sort((a, b) => b.sequence - a.sequence)
  const newest = kept.length > 0 ? kept[0].sequence : -Infinity
  const isInOrder = added.length === 0 || added[added.length - 1].sequence > newest
  const all = [...added, ...kept]
  return (isInOrder ? all : all.sort((a, b) => b.sequence - a.sequence)).slice(0, limit)
}
