import { type JsonObject, SEGMENT_EVENT_TYPES } from '../../../core'
import { fromCsv, toTime, toValue } from './cell'
import { type ColumnPath, pathOf } from './column'
import { fromPostHog } from './posthog'
import { type Table, tableOf, toEventName, toSnakeCase } from './table'

/** How the rows of a table become events, or the reason why they are none. */
export type RowPlan =
  | {
      ok: true
      /** What the rows are, such as "rows of Segment's warehouse table order_completed". */
      format: string
      /** Writes a row as the JSON text of an event. The cells are in the order of the columns. */
      toText: (cells: readonly unknown[]) => string
    }
  | { ok: false; reason: string }

/** A table as a file has it. */
export type RowsOf = {
  columns: readonly string[]
  /** The file as the user named it. */
  file: string
  /** `text` if the cells are only text, as in CSV. */
  cells: 'text' | 'typed'
}

const TIMES = ['timestamp', 'originalTimestamp', 'sentAt', 'receivedAt']
const IDS = ['messageId', 'anonymousId', 'userId', 'groupId', 'previousId']

/** The types of calls that have traits instead of properties. */
const WITH_TRAITS = ['identify', 'group']

/** How a call can be sent. RudderStack has a column with it, but shops have properties of this name. */
const CHANNELS = ['web', 'mobile', 'server', 'sources', 'client', 'browser']

/** How many columns a message names. */
const MAX_NAMED = 8

/** Looks at the columns of a table and at the name of its file, and decides what its rows are. */
export function planRows({ columns: given, file, cells }: RowsOf): RowPlan {
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
      const call: JsonObject = {}
      paths.forEach((path, index) => {
        const value = path && read(row[index], columns[index])
        if (value !== undefined) put(call, path as ColumnPath, value)
      })
      const { rest, ...known } = call
      const event = isPostHog
        ? fromPostHog(known, row[distinctId] === '' ? undefined : row[distinctId])
        : toCall(known, rest as JsonObject | undefined, table)
      return write(event)
    }
  }
}

function describeFormat(has: (name: string) => boolean, names: readonly string[], table?: Table): string {
  const isWarehouse =
    has('event_text') || has('original_timestamp') || names.some((name) => name.startsWith('context_'))
  if (!isWarehouse) return table?.event === undefined ? 'rows with a call each' : `rows of ${table.event}`
  const owner = names.some((name) => name.includes('rudder')) ? "RudderStack's" : "Segment's"
  return table?.type === undefined ? `rows of ${owner} warehouse` : `rows of ${owner} warehouse table ${table.name}`
}

function describeOther(columns: readonly string[], table?: Table): string {
  if (table && table.type === undefined) {
    return `The file is a table of ${table.name}, and not of calls. Calls are in tables such as tracks, pages and order_completed.`
  }
  const more = columns.length > MAX_NAMED ? ', …' : ''
  return `The file is a table whose rows are not calls. Its columns are ${columns.slice(0, MAX_NAMED).join(', ')}${more}. A table of calls has a column event, event_text or type, or its file or folder has the name of an event, such as order_completed. It also says who made a call, or when.`
}

function put(call: JsonObject, path: ColumnPath, value: unknown): void {
  let object = call
  for (const key of path.slice(0, -1)) {
    const known = object[key]
    const inner = typeof known === 'object' && known !== null ? (known as JsonObject) : {}
    object[key] = inner
    object = inner
  }
  object[path[path.length - 1]] = value
}

/** Makes a call of the columns of a warehouse's table. */
function toCall({ event_text: title, ...call }: JsonObject, rest: JsonObject = {}, table?: Table): JsonObject {
  const values: JsonObject = { ...rest }
  const isTyped = typeof call.type === 'string' && SEGMENT_EVENT_TYPES.includes(call.type)
  // An event may have a property of this name.
  if (call.type !== undefined && !isTyped) values.type = call.type
  const isTrack = title !== undefined || call.event !== undefined
  const type = isTyped ? call.type : isTrack ? 'track' : table?.type
  const name = title ?? (typeof call.event === 'string' ? toEventName(call.event) : (call.event ?? table?.event))
  const isView = type === 'page' || type === 'screen'
  for (const key of ['name', 'category']) if (call[key] !== undefined) values[key] = call[key]
  if (call.groupId !== undefined && type !== 'group') values.group_id = call.groupId
  const isChannel = CHANNELS.includes(String(call.channel))
  if (call.channel !== undefined && !isChannel) values.channel = call.channel
  const key = WITH_TRAITS.includes(String(type)) ? 'traits' : 'properties'
  const given = call[key]
  return {
    ...call,
    type,
    event: type === 'track' ? name : undefined,
    name: isView ? call.name : undefined,
    category: isView ? call.category : undefined,
    channel: isChannel ? call.channel : undefined,
    [key]: typeof given === 'object' && given !== null ? { ...values, ...given } : values
  }
}

/**
 * Writes an event as text. A warehouse has each event twice: in the table `tracks` without properties, and in a table of
 * its own with them. Both rows have the same message id and the same time of receipt, and of such events the reader
 * takes the one whose text sorts first. So an event with properties starts with `messageId`, and one without with `type`.
 */
function write(event: JsonObject): string {
  const { messageId, type, ...others } = event
  for (const key of TIMES) if (others[key] !== undefined) others[key] = toTime(others[key])
  const ids = Object.fromEntries(IDS.flatMap((key) => (others[key] === undefined ? [] : [[key, toId(others[key])]])))
  const id = messageId === undefined ? undefined : toId(messageId)
  const hasProperties = Object.keys(Object(others.properties ?? others.traits) as object).length > 0
  const head = hasProperties ? { messageId: id, type } : { type, messageId: id }
  return JSON.stringify({ ...head, ...others, ...ids })
}

/** Returns an id as text. An id that looks like a number or like JSON may have been read as such. */
function toId(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
