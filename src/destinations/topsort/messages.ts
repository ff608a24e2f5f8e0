const MAX_PARTS = 5
const MAX_PLACES = 3
const MAX_QUOTE_LENGTH = 60
const MAX_ID_LENGTH = 6

/** Joins the first parts of a message, and adds the number of the others. */
export function enumerate(parts: string[], separator: string): string {
  const more = parts.length - MAX_PARTS
  return [...parts.slice(0, MAX_PARTS), ...(more > 0 ? [`and ${more} more`] : [])].join(separator)
}

/** Lists the first places of a problem: `1, 8, 15, …`. */
export function listPlaces(places: string[]): string {
  return [...places.slice(0, MAX_PLACES), ...(places.length > MAX_PLACES ? ['…'] : [])].join(', ')
}

/** Returns an invalid value for a message, as JSON. Cuts long values. */
export function quote(value: unknown): string {
  const json = (JSON.stringify(value) as string | undefined) ?? 'undefined'
  return json.length > MAX_QUOTE_LENGTH ? `${json.slice(0, MAX_QUOTE_LENGTH)}…` : json
}

/** Returns the start of a person's id for a message, as JSON. Logs must not contain the whole id. */
export function quoteId(value: unknown): string {
  const isLong = typeof value === 'string' && value.length > MAX_ID_LENGTH
  return quote(isLong ? `${value.slice(0, MAX_ID_LENGTH)}…` : value)
}

/** Joins sentences. Each comes after the names that it is about: `a, b: sentence. c: another sentence.` */
export function joinReasons(reasons: { names: string[]; sentence: string }[]): string {
  return enumerate(
    reasons.map(({ names, sentence }) => `${enumerate(names, ', ')}: ${sentence}`),
    ' '
  )
}
