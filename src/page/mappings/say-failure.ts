import type { MappingOverlap, PreviewFailure, Reason } from '../../workbench/api'
import type { JsonObject } from '../../core/json'
import { addPath, ELSE, type FieldRow, findRow } from './field-rows'

/** The events that an action reports, as a shop calls them. Actions with the same word report the same. */
const EVENTS: Partial<Record<string, string>> = {
  impression: 'impression',
  impressionsList: 'impression',
  click: 'click',
  purchase: 'order',
  pageviews: 'page view',
  linkUsers: 'link of users'
}

/** What a field has, as a shop calls it. Others have their label. */
const THINGS: Partial<Record<string, string>> = {
  id: 'id',
  occurredAt: 'time',
  opaqueUserId: 'user id',
  items: 'items',
  products: 'products',
  'items.productId': 'product id',
  'items.unitPrice': 'price'
}

/** Returns the word for the events of an action: `order`. */
function eventOf(action: string): string {
  return EVENTS[action] ?? 'event'
}

/** Returns the mappings that would send an event of an action a second time: those that report the same. */
export function listTwice(overlaps: readonly MappingOverlap[], action: string): MappingOverlap[] {
  return overlaps.filter((overlap) => eventOf(overlap.action) === eventOf(action))
}

/**
 * Says why an event fails, for the engineer of a shop: `This order has no items: there is nothing at $.properties.products.`
 * The framework's sentence about a missing field needs its knowledge of schemas.
 *
 * @param rows the fields of the mapping
 */
export function sayReason(
  { reason, message }: { reason?: Reason; message: string },
  action: string,
  rows: readonly FieldRow[]
): string {
  const [field] = reason?.code === 'required_field_missing' ? [reason.fields].flat() : []
  if (typeof field !== 'string') return message
  return `This ${eventOf(action)} has no ${nameField(field, rows)}${sayWhere(findRow(rows, field)?.source)}.`
}

function sayWhere({ kind, text }: FieldRow['source'] = { kind: 'json', text: '' }): string {
  if (kind === 'value' && text === '') return ': the field is not mapped'
  return text.startsWith('$') ? `: there is nothing at ${text.replaceAll(ELSE, ' or ')}` : ''
}

/**
 * Says why events of a preview fail, with their number: `19 of 20 would fail: no items.`
 *
 * @param of the number of events in the preview
 */
export function sayFailure(
  { code, field, count, message }: PreviewFailure,
  of: number,
  action: string,
  rows: readonly FieldRow[]
): string {
  const isMissing = code === 'required_field_missing' && field !== ''
  const why = isMissing ? `no ${nameField(field, rows)}.` : message
  return `${of === 1 ? `This ${eventOf(action)}` : `${count} of ${of}`} would fail: ${why}`
}

/** Says that the newest events, as many as these, have no value at a path. */
export function sayAbsent(events: number): string {
  return events === 1 ? 'The newest event does not have this path' : `None of the newest ${events} events has this path`
}

/** Says that a value was found elsewhere. */
export function sayFound(field: string): string {
  return field === 'items' || field === 'products'
    ? 'has a list that looks like them'
    : 'has a value that looks like it'
}

function nameField(key: string, rows: readonly FieldRow[]): string {
  return THINGS[key] ?? findRow(rows, key)?.field.label.toLowerCase() ?? key
}

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
