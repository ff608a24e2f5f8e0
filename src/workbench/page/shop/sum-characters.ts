/** Sums the codes of the characters of a text. It is a number that is always the same for the same text. */
export function sumCharacters(text: string): number {
  return Array.from(text, (character) => character.charCodeAt(0)).reduce((sum, code) => sum + code, 0)
}
