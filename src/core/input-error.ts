/**
 * Thrown for input that cannot be used. The message tells its sender what to change. No part of the input was used.
 *
 * @example
 * throw new InputError('The mapping "Click" has no trigger.', { details: { field: 'trigger' } })
 */
export class InputError extends Error {
  override readonly name = 'InputError'

  /** The same for programs. The workbench adds it to its answer. */
  readonly details?: object

  constructor(message: string, { details, ...options }: ErrorOptions & { details?: object } = {}) {
    super(message, options)
    this.details = details
  }
}

/**
 * Parses JSON from outside. A byte order mark at its start is ignored.
 *
 * @param problem one or more sentences about text that is not JSON
 * @throws InputError with the problem and the parser's message
 */
export function readJsonText(text: string, problem: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new InputError(`${problem} (${(error as Error).message})`, { cause: error })
  }
}
