const MAX_PARTS = 5
const MAX_QUOTE_LENGTH = 60

/** Joins the first parts of a message, and adds the number of the others. */
export function enumerate(parts: string[], separator: string): string {
  const more = parts.length - MAX_PARTS
  return [...parts.slice(0, MAX_PARTS), ...(more > 0 ? [`and ${more} more`] : [])].join(separator)
}

/** Returns an invalid value for a message, as JSON. Cuts long values. */
export function quote(value: unknown): string {
  const json = (JSON.stringify(value) as string | undefined) ?? 'undefined'
  return json.length > MAX_QUOTE_LENGTH ? `${json.slice(0, MAX_QUOTE_LENGTH)}…` : json
}

/** Joins reasons. Each comes after the names that have it: `a, b: reason. c: another reason.` */
export function joinReasons(reasons: { name: string; reason: string }[]): string {
  const namesByReason = new Map<string, string[]>()
  for (const { name, reason } of reasons) {
    const names = namesByReason.get(reason)
    if (names) names.push(name)
    else namesByReason.set(reason, [name])
  }
  const parts = [...namesByReason].map(([reason, names]) => `${enumerate(names, ', ')}: ${reason}`)
  return enumerate(parts, ' ')
}
