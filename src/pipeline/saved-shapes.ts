import type { JSONObject } from '@segment/actions-core'
import { clip, InputError, isObject, type JsonObject, readJsonText } from '../core'

/** A mapping that was found, and that may not fit the destination. */
export type SavedMapping = {
  /** Names the mapping in messages: `The mapping "Click"`. */
  where: string
  name?: string
  /** The key of the action. Absent if the shape has only an id. */
  action?: string
  trigger: string
  enabled: boolean
  /** Absent in our own shape if every field has its default. */
  mapping?: JSONObject
}

/** The type of Terraform's resource. */
const RESOURCE = 'segment_destination_subscription'

/** How the variables of the ids of actions start. The key of the action follows. */
export const ACTION_VARIABLE = 'topsort_action_'

const CURE_FOR_HCL = 'Run "terraform show -json" and use its output.'

const SHAPES = `Use a list of {"name", "action", "trigger", "enabled", "mapping"}, the answer of Segment's Public API to GET /destinations/{id}/subscriptions, or the output of "terraform show -json".`

/**
 * Finds the mappings in one of the shapes that `readSavedMappings` documents.
 *
 * @throws InputError if the value has another shape, or if a part of a mapping has the wrong type
 */
export function findSaved(value: unknown): SavedMapping[] {
  const input = typeof value === 'string' ? readText(value) : value
  const list = findList(input)
  if (list) return list.map((item, index) => toSaved(item, `mappings[${index}]`, isOwn(item)))
  const resources = isObject(input) ? findResources(input) : undefined
  if (resources === undefined) throw new InputError(`These are not mappings. ${SHAPES}`)
  if (resources.length === 0) {
    throw new InputError(`There is no resource of the type ${RESOURCE} in this. ${SHAPES}`)
  }
  return resources.map(({ values, address }) => toSaved(values, address, false))
}

function readText(text: string): unknown {
  if (/^\s*(resource|terraform|provider|locals|variable|module)\b/m.test(text) && !/^\s*[[{]/.test(text)) {
    throw new InputError(`This is Terraform's own language (HCL), which is not read here. ${CURE_FOR_HCL}`)
  }
  return readJsonText(text, `The mappings are not JSON. ${SHAPES}`)
}

function findList(input: unknown): unknown[] | undefined {
  if (Array.isArray(input)) return input as unknown[]
  if (!isObject(input)) return undefined
  const data = isObject(input.data) ? input.data : input
  const { subscriptions, subscription, mappings, pagination } = data
  if (isObject(pagination) && typeof pagination.next === 'string' && pagination.next !== '') {
    throw new InputError(
      'This is the first page of several. Ask for all mappings at once with ?pagination.count=200, or put the "subscriptions" of all pages into one list.'
    )
  }
  const list = subscriptions ?? mappings
  if (Array.isArray(list)) return list as unknown[]
  return isObject(subscription) ? [subscription] : undefined
}

/** Returns whether a mapping has our own shape, the only one that may omit the values of the fields. */
function isOwn(item: unknown): boolean {
  return isObject(item) && !('settings' in item || 'actionSlug' in item || 'actionId' in item)
}

type Resource = { address: string; values: unknown }

/** Returns the resources of a file of Terraform. Undefined if the value is no such file. */
function findResources(input: JsonObject): Resource[] | undefined {
  const { values, planned_values: planned, resources, resource } = input
  const shown = [values, planned].find(isObject)
  if (shown) return inModules(shown.root_module)
  if (Array.isArray(resources)) return inModules(input)
  return resource === undefined ? undefined : inConfiguration(resource)
}

/**
 * Returns the resources of modules of `terraform show -json`, and of the modules inside them. A state file is like a
 * module, but its resources have instances.
 */
function inModules(modules: unknown): Resource[] {
  return objectsOf(modules).flatMap(({ resources, child_modules: children }) => [
    ...objectsOf(resources)
      .filter(({ type }) => type === RESOURCE)
      .flatMap(({ address, name, values, instances }) => {
        const found = instances === undefined ? [values] : objectsOf(instances).map(({ attributes }) => attributes)
        return found.map((each) => ({ address: toText(address) ?? addressOf(name), values: each }))
      }),
    ...inModules(children)
  ])
}

/** Returns the resources of a `.tf.json` file. Each level may be an object or a list of objects. */
function inConfiguration(resource: unknown): Resource[] {
  return objectsOf(resource)
    .flatMap((types) => objectsOf(types[RESOURCE]))
    .flatMap((names) =>
      Object.entries(names).flatMap(([name, bodies]) =>
        objectsOf(bodies).map((values) => ({ address: addressOf(name), values }))
      )
    )
}

function addressOf(name: unknown): string {
  return `${RESOURCE}.${String(name)}`
}

function toSaved(item: unknown, place: string, mayOmitMapping: boolean): SavedMapping {
  if (!isObject(item)) throw new InputError(`${place} is not an object. ${SHAPES}`)
  const name = toText(item.name)
  const where = name === undefined ? `The mapping ${place}` : `The mapping "${name}"`
  const trigger = item.trigger ?? item.subscribe
  if (typeof trigger !== 'string') {
    throw new InputError(
      `${where} has no "trigger". It is the filter that takes events: type = "track" and event = "Product Clicked".`
    )
  }
  const { enabled = true } = item
  if (typeof enabled !== 'boolean') throw new InputError(`${where} has an "enabled" that is not true or false.`)
  const mapping = toFields(item.mapping ?? item.settings, where)
  if (mapping === undefined && !mayOmitMapping) {
    throw new InputError(`${where} has no "settings". That is where Segment saves the values of its fields.`)
  }
  const named = item.action ?? item.partnerAction ?? item.actionSlug ?? item.action_slug
  const action = toText(named) ?? actionOfVariable(item.action_id)
  return { where, name, action, trigger, enabled, mapping }
}

/** Returns the action that the variable of an id is named after. */
function actionOfVariable(id: unknown): string | undefined {
  const start = `\${var.${ACTION_VARIABLE}`
  return typeof id === 'string' && id.startsWith(start) && id.endsWith('}') ? id.slice(start.length, -1) : undefined
}

/** Reads the values of the fields, which Terraform writes as JSON text. */
function toFields(value: unknown, where: string): JSONObject | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string' && /(?<!\$)\$\{/.test(value)) {
    throw new InputError(`${where} has settings that only Terraform can evaluate: ${clip(value, 60)} ${CURE_FOR_HCL}`)
  }
  const fields =
    typeof value === 'string'
      ? readJsonText(value.replace(/([$%])\1(?=\{)/g, '$1'), `${where} has settings that are not JSON.`)
      : value
  if (isObject(fields)) return fields as JSONObject
  throw new InputError(`${where} has settings that are not an object. It has a value for each field of the action.`)
}

/** Returns the objects of a list, or a lone object. */
function objectsOf(value: unknown): JsonObject[] {
  return [value].flat().filter(isObject)
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
