/** A set of texts that keeps the newest. */
export type NewestSet = {
  /** Adds a text. Returns whether it was missing. */
  add: (text: string) => boolean
  clear: () => void
}

/** @param keep how many texts are kept, at least 1 */
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
    clear() {
      texts.clear()
    }
  }
}
