import type { DeliveryRow } from '../../workbench/api'
import type { EventColumn } from './columns'
import { problemOf } from './row-text'

/** How the list shows its rows: as a table, or as cards if it is too narrow for its columns. */
export type RowShape = 'table' | 'cards' | 'narrow-cards'

/** A line of a row, with the columns in it. Its height is in pixels. */
type RowLine = { kind: string; height: number; columns: EventColumn[] }

/** Cards are narrow in a list below this width. Pixels. */
const NARROW = 660

/** Between columns, and at both sides of a row. Pixels, as in `events.css`. */
const GAP = 12
const SIDES = 32

type LineTemplate = { kind: string; height: number; keys: readonly string[] }

const ORIGIN = { kind: 'origin', height: 24, keys: ['time', 'user', 'mapping', 'id', 'type', 'ad'] }

const PROBLEM = { kind: 'problem', height: 24, keys: ['findings', 'message'] }

/** The lines of a row in each shape. The first one of a table has all columns that have a width. */
const LINES: Record<RowShape, readonly LineTemplate[]> = {
  table: [{ kind: 'table', height: 35, keys: [] }, PROBLEM],
  cards: [{ kind: 'card', height: 30, keys: ['event', 'about', 'value', 'outcome'] }, ORIGIN, PROBLEM],
  'narrow-cards': [
    { kind: 'title', height: 30, keys: ['event', 'outcome'] },
    { kind: 'about', height: 22, keys: ['about'] },
    { kind: 'value', height: 22, keys: ['value'] },
    ORIGIN,
    { kind: 'findings', height: 24, keys: ['findings'] },
    { kind: 'problem', height: 24, keys: ['message'] }
  ]
}

/** Whether a row has something in a column. Other columns always have. */
const HAS: Partial<Record<string, (row: DeliveryRow) => boolean>> = {
  about: ({ about }) => about !== undefined,
  value: ({ value }) => value !== undefined,
  findings: ({ findings }) => findings.length > 0,
  message: (row) => problemOf(row) !== ''
}

/** Returns the shape of the rows in a list. @param width in pixels */
export function shapeOf(columns: readonly EventColumn[], width: number): RowShape {
  const widths = columns.flatMap((column) => column.width ?? [])
  const needed = widths.reduce((sum, each) => sum + each + GAP, SIDES - GAP)
  if (width >= needed) return 'table'
  return width < NARROW ? 'narrow-cards' : 'cards'
}

/** Returns the columns of each line. Lines without columns are omitted. */
function layOutLines(columns: readonly EventColumn[], shape: RowShape): RowLine[] {
  return LINES[shape].flatMap(({ kind, height, keys }) => {
    const own = columns.filter(({ key, width }) => (kind === 'table' ? width !== undefined : keys.includes(key)))
    return own.length > 0 ? [{ kind, height, columns: own }] : []
  })
}

/** Returns the columns of a line that have something to say. Those of a table and of the first line of a card keep their places. */
function fillLine({ kind, columns }: RowLine, row: DeliveryRow): EventColumn[] {
  return kind === 'table' || kind === 'card' ? columns : columns.filter(({ key }) => HAS[key]?.(row) ?? true)
}

/** Returns the lines of a row that have something to say, each with its columns. */
export function linesOf(row: DeliveryRow, columns: readonly EventColumn[], shape: RowShape): RowLine[] {
  return layOutLines(columns, shape).flatMap((line) => {
    const own = fillLine(line, row)
    return own.length > 0 ? [{ ...line, columns: own }] : []
  })
}

/**
 * Returns a function that returns the height of a row with the line below it, in pixels. It is called for each of 10,000
 * rows after each change, so the columns are read only once.
 */
export function createHeightOf(columns: readonly EventColumn[], shape: RowShape): (row: DeliveryRow) => number {
  const border = shape === 'table' ? 1 : 9
  const lines = layOutLines(columns, shape)
  return (row) => lines.reduce((sum, line) => sum + (fillLine(line, row).length > 0 ? line.height : 0), border)
}
