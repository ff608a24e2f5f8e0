import fc from 'fast-check'
import { escapeXml } from '../xml'

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Reads an escaped text as a parser of XML does. */
function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, code: string | undefined, name: string) =>
    code === undefined ? ENTITIES[name] : String.fromCharCode(Number(code))
  )
}

/** Returns the text as XML can have it. */
function toPossible(text: string): string {
  return Array.from(text)
    .map((character) => {
      const code = character.codePointAt(0) ?? 0
      const isControl = code < 0x20 && !'\t\n\r'.includes(character)
      const isHalf = code >= 0xd800 && code <= 0xdfff
      return isControl || isHalf || code === 0xfffe || code === 0xffff ? '\uFFFD' : character
    })
    .join('')
}

/** Any code units, with those that XML treats in its own way more often. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'<>&"\'\t\n\r\0\u0008\u001b\u007f\ud800\udc00\ufffe\uffff'.split(''),
        ']]>',
        '<!--',
        '&amp;',
        '💥'
      ),
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code))
    )
  )
  .map((texts) => texts.join(''))

test('an escaped text has only characters and references that XML allows, in content and in attributes', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const escaped = escapeXml(text)
      expect(escaped).toMatch(/^(?:[ !#-%(-;=?-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]|&(?:#\d+|[a-z]+);)*$/u)
      expect(escaped).not.toMatch(/[<>"'\t\n\r]/)
    }),
    { numRuns: 2_000 }
  )
})

test('a parser of XML reads an escaped text as it was, but for characters that XML cannot have', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(unescapeXml(escapeXml(text))).toBe(toPossible(text))
    }),
    { numRuns: 2_000 }
  )
})
