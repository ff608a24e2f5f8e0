import { isObject, type JsonObject, SEGMENT_EVENT_TYPES } from '../../../core'
import { fromCsv, toTime, toValue } from './cell'
import { type ColumnPath, pathOf } from './column'
import type { TableRows } from './read-rows'
import { type Table, tableOf, toEventName, toSnakeCase } from './table'

/** How the rows of a table become events, or the reason why they are none. */
type RowPlan =
  | {
      ok: true
      /** What the rows are, such as "rows of Segment's warehouse table order_completed". */
      format: string
      /** Writes a row as the JSON text of an event. The cells are in the order of the columns. */
      toText: (cells: readonly unknown[]) => string
    }
  | { ok: false; reason: string }

const TIMES = ['timestamp', 'originalTimestamp', 'sentAt', 'receivedAt']
const IDS = ['messageId', 'anonymousId', 'userId', 'groupId', 'previousId']

/** The types of calls that have traits instead of properties. */
const WITH_TRAITS = ['identify', 'group']

/** How a call can be sent. RudderStack has a column with it, but shops have properties of this name. */
const CHANNELS: unknown[] = ['web', 'mobile', 'server', 'sources', 'client', 'browser']

/** How many columns a message names. */
const MAX_NAMED = 8

/** Looks at the columns of a table and at the name of its file, and decides what its rows are. */
export function planRows({ columns: given, cells }: Pick<TableRows, 'columns' | 'cells'>, file: string): RowPlan {
  const columns = given.every((name) => name === name.toUpperCase()) ? given.map((name) => name.toLowerCase()) : given
  const names = columns.map(toSnakeCase)
  const has = (...wanted: string[]): boolean => wanted.some((name) => names.includes(name))
  const table = tableOf(file)
  const isPostHog = has('distinct_id') && has('event')
  const tellsCalls = has('event', 'event_text', 'type') || table?.type !== undefined
  const hasCaller = has('anonymous_id', 'user_id', 'distinct_id', 'message_id', 'received_at', 'timestamp')
  if (!tellsCalls || !hasCaller) return { ok: false, reason: describeOther(columns, table) }

  const paths = columns.map((column) => pathOf(column, columns))
  const distinctId = names.indexOf('distinct_id')
  const read = cells === 'text' ? fromCsv : toValue
  return {
    ok: true,
    format: isPostHog ? "rows of PostHog's events" : describeFormat(has, names, table),
    toText(row) {
      const values: RowValues = { call: {}, rest: {} }
      paths.forEach((path, index) => {
        const value = path && read(row[index], columns[index])
        if (value !== undefined) put(values, path as ColumnPath, value)
      })
      if (isPostHog) return write(fromPostHog(values.call, read(row[distinctId], columns[distinctId])))
      completeCall(values, table)
      return write(values.call)
    }
  }
}

function describeFormat(has: (name: string) => boolean, columns: readonly string[], table?: Table): string {
  const isWarehouse =
    has('event_text') || has('original_timestamp') || columns.some((column) => column.startsWith('context_'))
  if (!isWarehouse) return table?.event === undefined ? 'rows with a call each' : `rows of ${table.event}`
  const owner = columns.some((column) => column.includes('rudder')) ? "RudderStack's" : "Segment's"
  return table?.type === undefined ? `rows of ${owner} warehouse` : `rows of ${owner} warehouse table ${table.name}`
}

function describeOther(columns: readonly string[], table?: Table): string {
  if (table && table.type === undefined) {
    return `The file is a table of ${table.name}, and not of calls. Calls are in tables such as tracks, pages and order_completed.`
  }
  const more = columns.length > MAX_NAMED ? ', …' : ''
  return `The file is a table whose rows are not calls. Its columns are ${columns.slice(0, MAX_NAMED).join(', ')}${more}. A table of calls has a column event, event_text or type, or its file or folder has the name of an event, such as order_completed. It also says who made a call, or when.`
}

/** The values of a row: those of the call, and those that are properties or traits. */
type RowValues = { call: JsonObject; rest: JsonObject }

function put({ call, rest }: RowValues, path: ColumnPath, value: unknown): void {
  let object = path[0] === 'rest' ? rest : call
  const last = path.length - 1
  for (let level = path[0] === 'rest' ? 1 : 0; level < last; level += 1) {
    const known = object[path[level]]
    const inner = isObject(known) ? known : {}
    object[path[level]] = inner
    object = inner
  }
  object[path[last]] = value
}

/** Completes a call of the columns of a warehouse's table, with its properties or traits. */
function completeCall({ call, rest }: RowValues, table?: Table): void {
  const { event_text: title, event, channel } = call
  const isTyped = typeof call.type === 'string' && SEGMENT_EVENT_TYPES.includes(call.type)
  // An event may have properties that are named like parts of a call.
  if (call.type !== undefined && !isTyped) rest.type = call.type
  const isTrack = title !== undefined || event !== undefined
  const type = isTyped ? call.type : isTrack ? 'track' : table?.type
  const isView = type === 'page' || type === 'screen'
  for (const key of ['name', 'category']) {
    if (call[key] === undefined) continue
    rest[key] = call[key]
    if (!isView) call[key] = undefined
  }
  if (call.groupId !== undefined && type !== 'group') rest.group_id = call.groupId
  if (channel !== undefined && !CHANNELS.includes(channel)) {
    rest.channel = channel
    call.channel = undefined
  }
  const name = title ?? (typeof event === 'string' ? toEventName(event) : (event ?? table?.event))
  call.type = type
  call.event = type === 'track' ? name : undefined
  call.event_text = undefined
  const key = WITH_TRAITS.includes(String(type)) ? 'traits' : 'properties'
  const given = call[key]
  call[key] = isObject(given) ? Object.assign(rest, given) : rest
}

/**
 * Writes an event as text. A warehouse has each event twice: in the table `tracks` without properties, and in a table of
 * its own with them. Both rows have the same message id and the same time of receipt, and of such events the reader
 * takes the one whose text sorts first. So an event with properties starts with `messageId`, and one without with `type`.
 */
function write(event: JsonObject): string {
  for (const key of TIMES) if (event[key] !== undefined) event[key] = toTime(event[key])
  for (const key of IDS) if (event[key] !== undefined) event[key] = toId(event[key])
  const { messageId, type } = event
  const hasProperties = hasKeys(event.properties) || hasKeys(event.traits)
  return JSON.stringify(Object.assign(hasProperties ? { messageId, type } : { type, messageId }, event))
}

function hasKeys(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length > 0
}

/** Returns an id as text. An id that looks like a number or like JSON may have been read as such. */
function toId(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** PostHog's own events that are calls of other types, and the property with the properties or traits of the call. */
const CALLS: Record<string, { type: string; values?: string } | undefined> = {
  $pageview: { type: 'page' },
  $screen: { type: 'screen' },
  $identify: { type: 'identify', values: '$set' },
  $groupidentify: { type: 'group', values: '$group_set' }
}

/** PostHog's properties that are in the context of a call. */
const PAGE = { url: '$current_url', path: '$pathname', title: 'title', referrer: '$referrer' }

/**
 * Makes a call of an event of PostHog. After a user is identified, `distinct_id` is the id of the user, and the property
 * `$device_id` is the anonymous one.
 *
 * @param call the columns of the event, by the keys of a call
 * @param distinctId the column `distinct_id`
 */
function fromPostHog(call: JsonObject, distinctId: unknown): JsonObject {
  const properties = isObject(call.properties) ? call.properties : {}
  const device = properties.$device_id
  const ids =
    typeof device === 'string' && device !== distinctId
      ? { anonymousId: device, userId: distinctId }
      : { anonymousId: distinctId }
  const page = Object.fromEntries(
    Object.entries(PAGE).flatMap(([key, name]) => (properties[name] === undefined ? [] : [[key, properties[name]]]))
  )
  const { type, values } = CALLS[String(call.event)] ?? { type: 'track' }
  const isView = type === 'page' || type === 'screen'
  return {
    ...call,
    ...ids,
    type,
    ...(type !== 'track' && { event: undefined }),
    ...(type === 'screen' && { name: properties.$screen_name }),
    ...(type === 'group' && { groupId: properties.$group_key }),
    ...(values === undefined
      ? { properties: isView ? { ...page, ...properties } : properties }
      : { properties: undefined, traits: properties[values] ?? {} }),
    context: {
      page,
      ...(properties.$raw_user_agent !== undefined && { userAgent: properties.$raw_user_agent }),
      ...(properties.$lib !== undefined && { library: { name: properties.$lib, version: properties.$lib_version } })
    }
  }
}
