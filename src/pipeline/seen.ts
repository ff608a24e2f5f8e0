/** Remembers texts, the newest so many of them. */
export type Seen = {
  /** @returns whether the text was there already; from now on it is */
  has: (text: string) => boolean
  forget: () => void
}

/** @param most how many texts are remembered */
export function createSeen(most: number): Seen {
  const texts = new Set<string>()
  return {
    has(text) {
      if (texts.has(text)) return true
      texts.add(text)
      if (texts.size > most) texts.delete(texts.values().next().value ?? '')
      return false
    },
    forget() {
      texts.clear()
    }
  }
}
