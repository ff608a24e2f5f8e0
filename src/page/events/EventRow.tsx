import { memo } from 'preact/compat'
import type { DeliveryRow } from '../../workbench/api'
import type { EventColumn } from './columns'

type Props = {
  row: DeliveryRow
  columns: EventColumn[]
  index: number
  /** Its distance from the top of the list, in pixels. */
  top: number
  isSelected: boolean
  onSelect: (row: DeliveryRow) => void
}

/** The id of a row in the document. */
export function rowId({ sequence }: DeliveryRow): string {
  return `event-${sequence}`
}

/** One event at one mapping. */
export const EventRow = memo(function EventRow({ row, columns, index, top, isSelected, onSelect }: Props) {
  return (
    <div
      class={`event-row event-line ${row.stage === 'filtered' ? 'is-dim' : ''}`}
      id={rowId(row)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => {
        onSelect(row)
      }}
    >
      {columns.map(({ key, cell }) => (
        <span key={key} class={`clip cell-${key}`} role="gridcell">
          {cell(row)}
        </span>
      ))}
    </div>
  )
})
