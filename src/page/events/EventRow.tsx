import { memo } from 'preact/compat'
import type { DeliveryRow } from '../../workbench/api'
import type { EventColumn } from './columns'
import { linesOf, type RowShape } from './row-shape'

type Props = {
  row: DeliveryRow
  columns: EventColumn[]
  shape: RowShape
  index: number
  /** Its distance from the top of the list, and its height, in pixels. */
  top: number
  height: number
  isSelected: boolean
  onSelect: (row: DeliveryRow) => void
}

/** The id of a row in the document. */
export function rowId({ sequence }: DeliveryRow): string {
  return `event-${sequence}`
}

/** One event at one mapping: the line of a table, or a card. What is wrong with it stands on lines of its own. */
export const EventRow = memo(function EventRow(props: Props) {
  const { row, columns, shape, index, top, height, isSelected, onSelect } = props
  return (
    <div
      class={`event-line ${row.stage === 'filtered' ? 'is-dim' : ''}`}
      id={rowId(row)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      style={{ transform: `translateY(${top}px)`, height: `${height}px` }}
      onClick={() => onSelect(row)}
    >
      {linesOf(row, columns, shape).map(({ kind, height: lineHeight, columns: own }) => (
        <div key={kind} class={`event-row line-${kind}`} role="presentation" style={{ height: `${lineHeight}px` }}>
          {own.map(({ key, cell }) => (
            <span key={key} class={`clip cell-${key}`} role="gridcell">
              {cell(row)}
            </span>
          ))}
        </div>
      ))}
    </div>
  )
})
