/** Returns the sum of the character codes of a text: a number that is the same for the same text. */
export function sumCharacters(text: string): number {
  return Array.from(text, (character) => character.charCodeAt(0)).reduce((sum, code) => sum + code, 0)
}
