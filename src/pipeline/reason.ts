import { isObject } from '../core'

/** Why an event failed, or which part of it was omitted. Data with a stable code. */
export type Reason = { code: string; [part: string]: unknown }

/** Returns the reason in the body of a result, where a destination puts it. Undefined if the body has no code. */
export function readReason(body: unknown): Reason | undefined {
  return isObject(body) && typeof body.code === 'string' ? { ...body, code: body.code } : undefined
}

/** Finds the required fields in the framework's sentences about them. */
const MISSING = /missing the required field '([^']+)'/g

/** The index of an item in the framework's sentences: `The value at /items/3/quantity must be …`. */
const INDEX = /\/\d+(?=[/ ])/g

/**
 * Returns the reason for an event that does not fit the fields of its action. The framework gives only a sentence. No
 * other place reads a sentence.
 *
 * @returns the code `required_field_missing` with `fields`, or `field_invalid` with the framework's `problem`, in which
 *   `N` stands for the index of an item
 */
export function toSchemaReason(message: string): Reason {
  const fields = [...message.matchAll(MISSING)].map(([, field]) => field)
  return fields.length > 0
    ? { code: 'required_field_missing', fields }
    : { code: 'field_invalid', problem: message.replace(INDEX, '/N') }
}

/** Returns the reason for any other error that a destination or the framework throws. */
export function toErrorReason(error: unknown): Reason {
  const { name, message, body } = Object(error) as { name?: unknown; message?: unknown; body?: unknown }
  if (name === 'AggregateAjvError') return toSchemaReason(String(message))
  return readReason(body) ?? { code: 'error_thrown', name: String(name) }
}

/** Lists the codes of a reason: its own, Topsort's, and those of the reasons inside it. Lists each code once. */
export function listCodes(reason: Reason | undefined): string[] {
  const codes = new Set<string>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit)
    if (!isObject(value)) return
    for (const code of [value.code, value.errCode]) if (typeof code === 'string') codes.add(code)
    Object.values(value).forEach(visit)
  }
  visit(reason)
  return [...codes]
}
