/**
 * The patterns of the filter language's `match`: `*` for any text, `?` for one character, `[a-z]` and `[^a-z]` for a
 * character of a set, and a backslash before a character that stands for itself.
 *
 * Source: https://github.com/segmentio/tsub-js, `globMatches`. The server's own code has the same meaning.
 */

/** Tells whether a character fits. */
type Fits = (character: string) => boolean

/** The parts of a pattern. */
type Part = Fits | typeof STAR

const STAR = Symbol('any text')

/** A character set that is being read, and where the next part starts. */
type ReadSet = { fits: Fits; end: number }

/**
 * Compiles a pattern to a function that tells whether it matches a whole text. An invalid pattern matches nothing.
 *
 * A regular expression would not do: with several stars, it can take minutes.
 *
 * @example
 * compileGlob('Product *')('Product Viewed') // true
 */
export function compileGlob(glob: string): (text: string) => boolean {
  const parts = readParts(Array.from(glob))
  return (text) => parts !== undefined && matchParts(parts, Array.from(text))
}

/**
 * Matches each part as early as possible. If a part does not fit, only the latest star takes one more character, because
 * what an earlier star takes makes no difference then. So the time is at most the length of the text times that of the
 * pattern.
 */
function matchParts(parts: readonly Part[], text: readonly string[]): boolean {
  let part = 0
  let at = 0
  let afterStar: number | undefined
  let endOfStar = 0
  while (at < text.length) {
    const next = parts.at(part)
    if (next === STAR) {
      part += 1
      afterStar = part
      endOfStar = at
    } else if (part < parts.length && next?.(text[at])) {
      part += 1
      at += 1
    } else if (afterStar !== undefined) {
      endOfStar += 1
      part = afterStar
      at = endOfStar
    } else {
      return false
    }
  }
  return parts.slice(part).every((left) => left === STAR)
}

/** Returns undefined for an invalid pattern. */
function readParts(glob: readonly string[]): Part[] | undefined {
  const parts: Part[] = []
  for (let at = 0; at < glob.length; at += 1) {
    const character = glob[at]
    if (character === '*') {
      parts.push(STAR)
    } else if (character === '?') {
      parts.push(() => true)
    } else if (character === '[') {
      const set = readSet(glob, at + 1)
      if (!set) return undefined
      parts.push(set.fits)
      at = set.end
    } else {
      if (character === '\\') at += 1
      if (at === glob.length) return undefined
      const wanted = glob[at]
      parts.push((other) => other === wanted)
    }
  }
  return parts
}

/** Reads a set. @param start the place after its bracket */
function readSet(glob: readonly string[], start: number): ReadSet | undefined {
  const isNegated = glob[start] === '^'
  const ranges: [first: string, last: string][] = []
  let at = isNegated ? start + 1 : start
  do {
    const first = readCharacter(glob, at)
    if (!first) return undefined
    const last = glob[first.end] === '-' ? readCharacter(glob, first.end + 1) : first
    if (!last) return undefined
    ranges.push([first.character, last.character])
    at = last.end
  } while (glob[at] !== ']')
  const isInside: Fits = (character) => ranges.some(([first, last]) => first <= character && character <= last)
  return { fits: isNegated ? (character) => !isInside(character) : isInside, end: at }
}

/** Reads a character of a set. Returns undefined if there is none, or if the set has no end. */
function readCharacter(glob: readonly string[], at: number): { character: string; end: number } | undefined {
  if (glob[at] === '-' || glob[at] === ']') return undefined
  const place = glob[at] === '\\' ? at + 1 : at
  return place + 1 < glob.length ? { character: glob[place], end: place + 1 } : undefined
}
