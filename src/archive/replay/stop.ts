/**
 * The replay stops before it is done, and can be resumed. The message says in whole sentences what happened, and what to do
 * first.
 */
export class StopError extends Error {
  override readonly name = 'StopError'
}
