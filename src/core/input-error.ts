/**
 * Input that cannot be used. The message says what to change, for whoever sent it. Nothing of the input was taken in.
 */
export class InputError extends Error {
  override readonly name = 'InputError'
}
