import Ajv, { type DefinedError, type SchemaObject, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { clip } from '../core'

/** Why a value does not fit its schema. `status` and `errCode` come from the schema's `refusals`. */
export type Misfit = { message: string; status?: number; errCode?: string }

/** A value that fits its schema, or the first reason why it does not. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; misfit: Misfit }

/**
 * The keyword `refusals` of our schemas. For each keyword of a schema, it says how to refuse a value that fails it. An
 * entry for `required` also has the name of the missing key: `{'required slots': {errCode: 'missing_slots'}}`.
 */
type Refusals = Partial<Record<string, Partial<Misfit>>>

/** In characters, without the mark of a cut. Every path of the contract is shorter, but a client can send any key. */
const MAX_MESSAGE_LENGTH = 299

// `page.value` has a list of types, which strict mode allows only with `allowUnionTypes`.
const ajv = new Ajv({ strict: true, allowUnionTypes: true, discriminator: true, verbose: true })
addFormats(ajv, ['date-time'])
ajv.addVocabulary(['refusals'])

/**
 * Compiles a schema to a function that checks unknown values. The function never changes a value. The schema is compiled
 * at the first value, because compiling all schemas takes about a third of the time in which a workbench starts.
 *
 * @param name The name of the whole value in messages. Inner values have their path, such as
 *   `clicks[3].placement.position`.
 * @param findMisfit Checks what a schema cannot express. Is called with values that fit the schema.
 * @returns A function that throws an Error if the schema is invalid in Ajv's strict mode.
 */
export function compile<T>(
  schema: SchemaObject,
  name: string,
  findMisfit: (value: T) => Misfit | undefined = () => undefined
): (value: unknown) => Parsed<T> {
  let fits: ValidateFunction<T> | undefined
  return (value) => {
    fits ??= ajv.compile<T>(schema)
    if (fits(value)) {
      const misfit = findMisfit(value)
      return misfit ? { ok: false, misfit } : { ok: true, value }
    }
    // Ajv stops at the first error. Further entries of the list only name the keywords around it.
    const [error] = fits.errors as [DefinedError]
    const refusal = findRefusal(error)
    const path = toPath(error.instancePath, name)
    const message = refusal?.message ? `${path} ${refusal.message}` : describe(error, path)
    return { ok: false, misfit: { ...refusal, message: clip(message, MAX_MESSAGE_LENGTH) } }
  }
}

/** Returns a value that fits its schema, or throws. */
export type BodyReader<T> = (value: unknown) => T

/**
 * Compiles a schema to a function that checks a value from a person, such as the body of a request.
 *
 * @returns A function that throws an Error with the path of the invalid value: `faults[1].times must be >= 1`.
 */
export function compileReader<T>(schema: SchemaObject, name: string): BodyReader<T> {
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
