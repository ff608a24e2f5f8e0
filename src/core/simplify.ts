/** Removes case and everything but letters and digits, so that all ways to spell a name are one. */
export function simplify(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}
