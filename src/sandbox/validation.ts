import Ajv, { type DefinedError, type SchemaObject } from 'ajv'
import addFormats from 'ajv-formats'

/** Why a value does not fit its schema. `status` and `errCode` come from the schema's `refusals`. */
export type Misfit = { message: string; status?: number; errCode?: string }

/** A value that fits its schema, or the first reason why it does not. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; misfit: Misfit }

/**
 * The keyword `refusals` of our schemas. It says how to refuse a value, by the name of the keyword beside it that failed.
 * `required` takes the name of the missing key as well: `{'required slots': {errCode: 'missing_slots'}}`.
 */
type Refusals = Partial<Record<string, Partial<Misfit>>>

/** Long enough for every path of ours. A client's own key can be megabytes. */
const MAX_MESSAGE_LENGTH = 300

// Strict mode alone would not allow a `type` that is a list of types, as `page.value` has it.
const ajv = new Ajv({ strict: true, allowUnionTypes: true, discriminator: true, verbose: true })
addFormats(ajv, ['date-time'])
ajv.addVocabulary(['refusals'])

/**
 * Compiles a schema to a function that checks unknown values. It returns a value as it is and never changes it.
 *
 * @param name What messages call the value itself. They call its keys by their own names: `clicks[3].placement.position`.
 * @throws Error if the schema is invalid in Ajv's strict mode.
 */
export function compile<T>(schema: SchemaObject, name: string): (value: unknown) => Parsed<T> {
  const fits = ajv.compile<T>(schema)
  return (value) => {
    if (fits(value)) return { ok: true, value }
    // Ajv stops at the first error. Errors after it only name the keywords around it.
    const [error] = fits.errors as [DefinedError]
    const refusal = findRefusal(error)
    const path = toPath(error.instancePath, name)
    const message = refusal?.message ? `${path} ${refusal.message}` : describe(error, path)
    return { ok: false, misfit: { ...refusal, message: clip(message) } }
  }
}

/** Returns a value that fits its schema, or throws. */
export type Reader<T> = (value: unknown) => T

/**
 * Compiles a schema to a function that reads what a person sets, such as the body of a request.
 *
 * @returns A function that throws an Error with the path of the invalid value: `faults[1].times must be >= 1`.
 */
export function compileReader<T>(schema: SchemaObject, name: string): Reader<T> {
  const parse = compile<T>(schema, name)
  return (value) => {
    const parsed = parse(value)
    if (!parsed.ok) throw new Error(parsed.misfit.message)
    return parsed.value
  }
}

function findRefusal(error: DefinedError): Partial<Misfit> | undefined {
  const refusals = error.parentSchema?.refusals as Refusals | undefined
  const missing = error.keyword === 'required' ? refusals?.[`required ${error.params.missingProperty}`] : undefined
  return missing ?? refusals?.[error.keyword]
}

function describe(error: DefinedError, path: string): string {
  switch (error.keyword) {
    case 'required':
      return `${path} must have the key ${error.params.missingProperty}`
    case 'additionalProperties':
      return `${path} must not have the key ${error.params.additionalProperty}`
    case 'enum':
      return `${path} must be one of ${error.params.allowedValues.join(', ')}`
    default:
      return [path, error.message].join(' ')
  }
}

/** Turns `/clicks/3/placement` into `clicks[3].placement`. */
function toPath(pointer: string, name: string): string {
  const path = pointer
    .split('/')
    .slice(1)
    .map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key.replaceAll('~1', '/').replaceAll('~0', '~')}`))
    .join('')
  return path.startsWith('.') ? path.slice(1) : `${name}${path}`
}

function clip(message: string): string {
  return message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH - 1)}…` : message
}
