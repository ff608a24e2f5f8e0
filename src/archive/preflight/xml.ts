/** The characters that XML has another meaning for. White space in an attribute would become a space. */
const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;'
}

/** Stands for a character that XML cannot have. */
const REPLACEMENT = '\uFFFD'

/**
 * Escapes a text for the content of an element, or for an attribute in quotes. Control characters and halves of surrogate
 * pairs, which XML cannot have in any form, become U+FFFD.
 *
 * @example
 * escapeXml('a < b') // 'a &lt; b'
 */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, REPLACEMENT)
    .replace(/[&<>"'\t\n\r]/g, (character) => ESCAPES[character])
}
