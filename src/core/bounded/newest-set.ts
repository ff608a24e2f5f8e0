/** A set that keeps the newest texts. */
export type NewestSet = {
  /** Adds a text. Returns whether it is new. */
  add: (text: string) => boolean
  has: (text: string) => boolean
  clear: () => void
}

/**
 * Creates an empty set.
 *
 * @param keep how many texts to keep, at least 1
 *
 * @example
 * const seen = createNewestSet(100_000)
 * if (seen.add(messageId)) deliver(event)
 */
export function createNewestSet(keep: number): NewestSet {
  const texts = new Set<string>()
  return {
    add(text) {
      if (texts.has(text)) return false
      texts.add(text)
      if (texts.size > keep) {
        const [oldest] = texts
        texts.delete(oldest)
      }
      return true
    },
    has: (text) => texts.has(text),
    clear() {
      texts.clear()
    }
  }
}
