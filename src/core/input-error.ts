/**
 * Thrown for input that cannot be used. The message tells its sender what to change. No part of the input was used.
 */
export class InputError extends Error {
  override readonly name = 'InputError'
}
