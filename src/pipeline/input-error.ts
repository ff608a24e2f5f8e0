/**
 * What was handed in cannot be used. The message says what must change, and is meant for whoever sent it.
 * Nothing of the input has been taken when this is thrown.
 */
export class InputError extends Error {
  override readonly name = 'InputError'
}
