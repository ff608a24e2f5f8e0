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
