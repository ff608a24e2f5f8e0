import { toSnakeCase } from './table'

/** Where the values of a column go: the keys from the event down. `['rest', name]` is a property or a trait. */
export type ColumnPath = readonly string[]

/** The columns of calls, and the keys of the event in which they are. */
const CALL_COLUMNS: Record<string, string | undefined> = {
  message_id: 'messageId',
  anonymous_id: 'anonymousId',
  user_id: 'userId',
  previous_id: 'previousId',
  group_id: 'groupId',
  type: 'type',
  event: 'event',
  event_text: 'event_text',
  name: 'name',
  category: 'category',
  channel: 'channel',
  timestamp: 'timestamp',
  original_timestamp: 'originalTimestamp',
  sent_at: 'sentAt',
  received_at: 'receivedAt',
  write_key: 'writeKey',
  project_id: 'projectId',
  properties: 'properties',
  traits: 'traits',
  context: 'context',
  integrations: 'integrations'
}

/** What a warehouse adds to each row. */
const OWN_COLUMNS = ['uuid', 'uuid_ts', 'loaded_at']

/** The objects in a context. Their keys are columns such as `context_page_path`. */
const CONTEXT_OBJECTS = [
  'app',
  'campaign',
  'device',
  'library',
  'location',
  'network',
  'os',
  'page',
  'referrer',
  'screen',
  'traits',
  'user_agent_data'
]

/** Properties that Topsort's mappings read, by the columns that warehouses make of them. */
const PROPERTIES: Record<string, string | undefined> = Object.fromEntries(
  [
    'additionalAttribution',
    'clickType',
    'deviceType',
    'dspMetadata',
    'externalCampaignId',
    'externalVendorId',
    'opaqueUserId',
    'resolvedBidId'
  ].map((name) => [toSnakeCase(name), name])
)

/** Properties with an object, whose keys warehouses write as columns such as `entity_id`. */
const PROPERTY_OBJECTS = ['additional_attribution', 'entity', 'placement']

/**
 * Returns where the values of a column go.
 *
 * @param columns all columns of the table
 * @returns undefined if the column is not part of the call
 */
export function pathOf(column: string, columns: readonly string[]): ColumnPath | undefined {
  const dotted = column.split('.')
  if (dotted.includes('__proto__')) return undefined
  if (dotted.length > 1 && ['properties', 'traits', 'context', 'integrations'].includes(dotted[0])) return dotted
  const name = toSnakeCase(column)
  const has = (other: string): boolean => columns.some((each) => toSnakeCase(each) === other)
  if (name === 'id' && !has('message_id')) return ['messageId']
  if (name === 'uuid' && !has('message_id') && !has('id')) return ['messageId']
  if (OWN_COLUMNS.includes(name)) return undefined
  const key = CALL_COLUMNS[name]
  if (key !== undefined) return [key]
  if (name.startsWith('context_')) return toContextPath(name.slice('context_'.length))
  if (name.startsWith('properties_')) return ['properties', column.slice('properties_'.length)]
  const object = PROPERTY_OBJECTS.find((each) => name.startsWith(`${each}_`) && !has(each))
  if (object !== undefined) return ['rest', PROPERTIES[object] ?? object, toCamelCase(name.slice(object.length + 1))]
  return ['rest', PROPERTIES[name] ?? column]
}

function toContextPath(name: string): ColumnPath {
  const object = CONTEXT_OBJECTS.find((each) => name.startsWith(`${each}_`))
  if (object === undefined) return ['context', toCamelCase(name)]
  const key = name.slice(object.length + 1)
  return ['context', toCamelCase(object), object === 'traits' ? key : toCamelCase(key)]
}

function toCamelCase(name: string): string {
  return name.replace(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase())
}
