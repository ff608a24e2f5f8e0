import Ajv, { type DefinedError, type SchemaObject } from 'ajv'
import addFormats from 'ajv-formats'

/** What does not fit, in words, and what a schema's own `refusals` say about the keyword that failed. */
export type Misfit = { message: string; status?: number; errCode?: string }

/** A value that fits its schema, or the first thing about it that does not. */
export type Parsed<T> = { value: T } | { misfit: Misfit }

/** The annotation `refusals` of a schema: by the name of a keyword beside it. */
type Refusals = Partial<Record<string, Partial<Misfit>>>

/** Long enough for every path of ours; a key that a client made up can be megabytes. */
const MAX_MESSAGE_LENGTH = 300

// A `type` may be a list of types (`page.value`), which strict mode alone would not let pass.
const ajv = new Ajv({ strict: true, allowUnionTypes: true, verbose: true })
addFormats(ajv, ['date-time'])
ajv.addVocabulary(['refusals'])

/**
 * Compiles a schema, once, to a function that reads unknown values. The value is returned as it is, never changed.
 *
 * @param name What messages call the value itself. Its keys go by their own names: `clicks[3].placement.position`.
 * @throws When the schema is no JSON Schema in Ajv's strict mode.
 */
export function compile<T>(schema: SchemaObject, name: string): (value: unknown) => Parsed<T> {
  const fits = ajv.compile<T>(schema)
  return (value) => {
    if (fits(value)) return { value }
    // Without `allErrors` the first error is the one to tell; those after it only say which keyword held it.
    const [error] = fits.errors as [DefinedError]
    const refusals = error.parentSchema?.refusals as Refusals | undefined
    const refusal = refusals?.[error.keyword]
    const path = pathOf(error.instancePath, name)
    const message = refusal?.message ? `${path} ${refusal.message}` : describe(error, path)
    return { misfit: { ...refusal, message: clip(message) } }
  }
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

/** `/clicks/3/placement` is `clicks[3].placement`. */
function pathOf(pointer: string, name: string): string {
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
