/** A set that keeps the newest texts. */
export type NewestSet = ReturnType<typeof createNewestSet>

/**
 * Creates an empty set.
 *
 * @param keep how many texts to keep, at least 1
 *
 * @example
 * const seen = createNewestSet(100_000)
 * if (seen.add(messageId)) deliver(event)
 */
export function createNewestSet(keep: number) {
  const texts = new Set<string>()
  return {
    /** Adds a text. Returns whether it is new. */
    add: (text: string): boolean => {
      if (texts.has(text)) return false
      texts.add(text)
      if (texts.size > keep) {
        const [oldest] = texts
        texts.delete(oldest)
      }
      return true
    },
    has: (text: string): boolean => texts.has(text),
    clear: (): void => {
      texts.clear()
    }
  }
}
