const MOST_PARTS = 5

/** Parts of a message, in one line: the first few as they are, the others counted. */
export function enumerate(parts: string[], separator: string): string {
  const more = parts.length - MOST_PARTS
  return [...parts.slice(0, MOST_PARTS), ...(more > 0 ? [`and ${more} more`] : [])].join(separator)
}
