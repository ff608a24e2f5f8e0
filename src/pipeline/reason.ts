import type { ActionDefinition } from '@segment/actions-core'
import { isReason, type Reason } from '../core'

/** The fields of an action, by their keys. */
export type Fields = ActionDefinition<unknown>['fields']

type Properties = NonNullable<Fields[string]['properties']>

/** Finds the required fields in the framework's sentences about them. */
const MISSING = /missing the required field '([^']+)'/g

/** Finds the fields without a label in the framework's sentences: `The value at /items/3/quantity must be …`. */
const UNLABELED = /the value at \/(\S+)/gi

/** The index of an item in such a sentence. */
const INDEX = /\/\d+(?=[/ ]|$)/g

/** The words after the label of a field in the framework's sentences. */
const VERBS = ['must', 'is', 'has']

/**
 * Returns the reason for an event that does not fit the fields of its action. The framework gives only a sentence, so
 * this is the one place that reads it.
 *
 * @returns the code `required_field_missing` with the keys of the `fields`, or `field_invalid` with the framework's
 *   `problem`, in which `N` stands for the index of an item. Its `fields` are those that the sentence names. A field of an
 *   object has the keys of both: `items.unitPrice`
 */
export function toSchemaReason(message: string, fields: Fields): Reason {
  const missing = [...message.matchAll(MISSING)].map(([, field]) => field)
  if (missing.length > 0) return { code: 'required_field_missing', fields: missing }
  const unlabeled = [...message.matchAll(UNLABELED)].map(([, place]) => place.replace(INDEX, '').replaceAll('/', '.'))
  const named = [...findLabeled(message.toLowerCase(), fields), ...new Set(unlabeled)]
  return { code: 'field_invalid', fields: named, problem: message.replace(INDEX, '/N') }
}

/** Returns the keys of the fields whose labels are subjects of the sentences. */
function findLabeled(sentences: string, fields: Properties, parent = ''): string[] {
  return Object.entries(fields).flatMap(([key, { label, properties = {} }]) => {
    const path = `${parent}${key}`
    const isNamed = VERBS.some((verb) => `. ${sentences}`.includes(`. ${label.toLowerCase()} ${verb} `))
    return [...(isNamed ? [path] : []), ...findLabeled(sentences, properties, `${path}.`)]
  })
}

/** Reads the reason in the body of a result. A destination that gives reasons as data puts them there. */
export function readReason(body: unknown): Reason | undefined {
  return isReason(body) ? body : undefined
}

/** Returns the reason for any other error that a destination or the framework throws. */
export function toErrorReason(error: unknown, fields: Fields): Reason {
  const { name, message, body } = Object(error) as { name?: unknown; message?: unknown; body?: unknown }
  if (name === 'AggregateAjvError') return toSchemaReason(String(message), fields)
  return readReason(body) ?? { code: 'error_thrown', name: String(name) }
}

/** Returns the message of an error, or the messages of an error of errors. Its own message has their stacks. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name !== 'AggregateError') return error.message
  return [...(error as Error & Iterable<unknown>)].map(messageOf).join(' ')
}
