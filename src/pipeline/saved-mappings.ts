import { defaultValues, transform } from '@segment/actions-core'
import type { BaseDefinition } from '@segment/actions-core'
import { parseFql } from '@segment/destination-subscriptions'
import { InputError } from '../core'
import type { Mapping } from './mappings'
import { ACTION_VARIABLE, findSaved } from './saved-shapes'
import type { SavedMapping } from './saved-shapes'

/** The parts of a destination that are needed to read mappings for it. */
type Actions = Pick<BaseDefinition, 'actions' | 'presets'>

/** Segment saves its own settings of a mapping beside the fields. They reach no action. */
const SEGMENT_OWN = /^__segment_internal/

/**
 * Reads mappings that were saved elsewhere. Three shapes are read:
 *
 * - our own list of `{name, action, trigger, enabled, mapping}`. `partnerAction` and `subscribe` are read as well, which
 *   are Segment's names inside a destination. Without `mapping`, each field has its default
 * - the answer of `GET /destinations/{id}/subscriptions` of Segment's Public API, or only its list
 * - resources of the type `segment_destination_subscription` of Terraform: `terraform show -json`, a state file or a
 *   `.tf.json` file
 *
 * JSON may come as text. Terraform's `action_id` does not identify an action here, unless it is a variable that
 * `writeTerraform` has named. So a mapping without `action_slug` is matched by its name: the key or the title of an action,
 * or the name of a preset.
 *
 * @returns mappings in the order in which they came. Equal names get a number: `Click (2)`
 * @throws InputError that names the mapping, the invalid part, and what to do
 */
export function readSavedMappings(value: unknown, definition: Actions): Mapping[] {
  const used = new Set<string>()
  return findSaved(value).map((saved) => {
    const mapping = toMapping(saved, definition)
    return { ...mapping, name: toUniqueName(mapping.name, used) }
  })
}

/** Writes mappings as Segment's Public API answers them. `readSavedMappings` reads them again. */
export function writeSavedMappings(mappings: readonly Mapping[]) {
  return {
    data: {
      subscriptions: mappings.map(({ name, partnerAction, enabled, subscribe, mapping }) => ({
        name,
        actionSlug: partnerAction,
        enabled,
        trigger: subscribe,
        /** The value of each field. */
        settings: mapping
      }))
    }
  }
}

/**
 * Writes mappings as resources of Terraform. Segment's ids of the destination and of its actions are variables, because
 * only Segment knows them. `readSavedMappings` reads the file again.
 */
export function writeTerraform(mappings: readonly Mapping[]) {
  const used = new Set<string>()
  const actions = [...new Set(mappings.map(({ partnerAction }) => partnerAction))]
  const resources = mappings.map(({ name, partnerAction, enabled, subscribe, mapping }) => {
    const label = toUniqueName(toLabel(name), used, (text, number) => `${text}_${number}`)
    const body = {
      destination_id: '${var.destination_id}',
      name: escapeTemplate(name),
      enabled,
      action_id: `\${var.${ACTION_VARIABLE}${partnerAction}}`,
      trigger: escapeTemplate(subscribe),
      settings: escapeTemplate(JSON.stringify(mapping))
    }
    return [label, body] as const
  })
  const variables = actions.map((action) => {
    return [`${ACTION_VARIABLE}${action}`, { type: 'string', description: `Segment's id of the action ${action}` }]
  })
  return {
    variable: {
      destination_id: { type: 'string', description: "Segment's id of the destination" },
      ...Object.fromEntries(variables)
    } as Record<string, { type: string; description: string }>,
    resource: { segment_destination_subscription: Object.fromEntries(resources) }
  }
}

/** Returns a name that Terraform takes: letters, digits and underscores. */
function toLabel(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return /^[a-z]/.test(id) ? id : `mapping_${id}`
}

/** Terraform would evaluate `${` and `%{` in a text. */
function escapeTemplate(text: string): string {
  return text.replace(/[$%](?=\{)/g, '$&$&')
}

/**
 * Checks a mapping as Segment does before it saves it.
 *
 * @param where names the mapping in messages: `The mapping "Click"`
 * @throws InputError if the action, the trigger, a field or a directive is invalid
 */
function checkMapping({ partnerAction, subscribe, mapping }: Mapping, definition: Actions, where: string): void {
  checkTrigger(subscribe, where)
  const { fields } = definition.actions[partnerAction]
  const unknown = Object.keys(mapping).find((key) => !Object.hasOwn(fields, key) && !SEGMENT_OWN.test(key))
  if (unknown !== undefined) {
    throw new InputError(
      `${where} has the field "${unknown}", which the action "${partnerAction}" does not have. Remove it. The fields are: ${Object.keys(fields).join(', ')}.`,
      toDetails(unknown, `The action has no field "${unknown}". Remove it.`)
    )
  }
  for (const [key, value] of Object.entries(mapping)) {
    try {
      transform({ [key]: value }, {})
    } catch (error) {
      const problem = sentence(wordsOf(error))
      throw new InputError(
        `${where} has an invalid value for the field "${key}": ${problem} Correct it in the mapping.`,
        { cause: error, ...toDetails(key, problem) }
      )
    }
  }
}

/** Returns what an error answer says about one part of a mapping: `trigger`, or the key of a field. */
function toDetails(field: string, problem: string): { details: object } {
  return { details: { problem: { field, problem } } }
}

function toMapping(saved: SavedMapping, definition: Actions): Mapping {
  const partnerAction = toAction(saved, definition)
  const action = definition.actions[partnerAction]
  const mapping: Mapping = {
    name: saved.name ?? action.title,
    partnerAction,
    subscribe: saved.trigger,
    enabled: saved.enabled,
    mapping: saved.mapping ?? defaultValues(action.fields)
  }
  checkMapping(mapping, definition, saved.where)
  return mapping
}

function toAction({ action, name, where }: SavedMapping, { actions, presets = [] }: Actions): string {
  const keys = Object.keys(actions)
  if (action !== undefined) {
    if (keys.includes(action)) return action
    throw new InputError(
      `${where} has the action "${action}", which the destination does not have. The actions are: ${keys.join(', ')}. Correct it, or remove the mapping if it belongs to another destination.`
    )
  }
  const isNamed = (text: string): boolean => text.toLowerCase() === name?.trim().toLowerCase()
  const found =
    keys.find((key) => isNamed(key)) ??
    keys.find((key) => isNamed(actions[key].title)) ??
    presets.find((preset) => isNamed(preset.name ?? ''))?.partnerAction
  if (found !== undefined) return found
  throw new InputError(
    `${where} does not say which action it uses, and its name is not that of an action or a preset. Add "action" to it with one of: ${keys.join(', ')}.`
  )
}

function checkTrigger(trigger: string, where: string): void {
  const condition = parseFql(trigger)
  if (!('error' in condition) && condition.children.length > 0) return
  const example = 'Write it like this: type = "track" and event = "Product Clicked".'
  throw new InputError(
    `${where} has a trigger that cannot be parsed: ${trigger || '(empty)'}. ${example}`,
    toDetails('trigger', `Segment cannot read this trigger. ${example}`)
  )
}

function toUniqueName(
  name: string,
  used: Set<string>,
  add = (text: string, number: number): string => `${text} (${number})`
): string {
  let unique = name
  for (let number = 2; used.has(unique); number += 1) unique = add(name, number)
  used.add(unique)
  return unique
}

function wordsOf(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).trim().split('\n')
  return lines
    .map((line) => line.replace('ValidationError: ', '').trim())
    .filter((line) => line !== '' && !line.startsWith('at '))
    .join(' ')
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
