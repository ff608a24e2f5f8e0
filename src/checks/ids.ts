import { hashId } from '../core'

/**
 * The longest id that is kept whole. Real bids have about 240 characters. The limit bounds the memory of the window.
 */
const MAX_ID_LENGTH = 512

/** Shortens a very long id. Different ids stay different. */
export function shortenId(id: string): string {
  return id.length > MAX_ID_LENGTH ? `${id.slice(0, 200)}…${digest(id)}` : id
}

/** Returns a short text that is different for different texts. */
export function digest(text: string): string {
  const { low, high } = hashId(text)
  return high.toString(36) + low.toString(36)
}
