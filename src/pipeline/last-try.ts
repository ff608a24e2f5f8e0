import { MAX_ATTEMPTS } from './queue'

/** What a destination promises of Segment in its message about a failure that may pass. */
const PROMISE = /\s*Segment (will try|tries)\b[^.]*\bagain\b[^.]*\./g

/**
 * Corrects the message of an event that failed for the last time here. The destination cannot know which try it is, and
 * says that Segment will try again.
 */
export function toLastMessage(message: string): string {
  const reason = message.replace(PROMISE, '').trim()
  const sentence = reason && !/[.!?]$/.test(reason) ? `${reason}.` : reason
  return `${sentence} This was the last of ${MAX_ATTEMPTS} tries here. Segment goes on for about four hours.`.trim()
}
