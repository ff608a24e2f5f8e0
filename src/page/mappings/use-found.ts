import type { JsonObject } from '../../core/json'
import type { PreviewFailure } from '../../workbench/api'
import { addPath, ELSE, type FieldRow, findRow } from './field-rows'

/** A value that was found where a mapping does not look. */
export type Found = {
  /** As a mapping writes it: `$.properties.line_items`. */
  path: string
  /** Returns the mapping that reads it. */
  use: (mapping: JsonObject) => JsonObject
}

/** Returns the values that the field of a failure could read instead. */
export function listFound(rows: readonly FieldRow[], { field, found }: PreviewFailure): Found[] {
  const row = findRow(rows, field)
  if (!row) return []
  return found.flatMap((each) => {
    const path = toPath(each, row, rows)
    if (path === undefined || row.source.kind === 'json' || row.source.text.split(ELSE).includes(path)) return []
    return { path, use: (mapping: JsonObject) => addPath(mapping, row, path) }
  })
}

/** Writes `products[].price` from the item, if the list is the one that the mapping reads. */
function toPath(found: string, row: FieldRow, rows: readonly FieldRow[]): string | undefined {
  if (!row.isOfItem) return `$.properties.${found}`
  const { source } = findRow(rows, row.key.split('.')[0]) ?? {}
  const list = source && `${source.text}[].`
  const whole = `$.properties.${found}`
  return list !== undefined && whole.startsWith(list) ? `$.${whole.slice(list.length)}` : undefined
}
