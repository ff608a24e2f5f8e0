import fc from 'fast-check'
import { compileGlob } from '../glob'

test.each([
  ['', '', true],
  ['*', '', true],
  ['a*b*c', 'a--b--b-c', true],
  ['a*b*c', 'a--b--b-d', false],
  ['*/p/?', '/shop/p/7', true],
  ['[a-c]*', 'beta', true],
  ['[^a-c]*', 'beta', false],
  ['[z-a]', 'm', false],
  ['[^z-a]', 'm', true],
  ['[*]', '*', true],
  ['[*]', 'a', false],
  ['[\\]]', ']', true],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['?', '\u{1F600}', true],
  ['a\nb*', 'a\nbc', true]
])('the pattern %j and the text %j: %s', (glob, text, expected) => {
  expect(compileGlob(glob)(text)).toBe(expected)
})

test.each(['[', '[a', '[]', '[]a]', '[^]', '[a-]', '[-a]', '\\', 'a\\', '*['])(
  'the invalid pattern %j matches nothing',
  (glob) => {
    for (const text of ['', glob, 'a', '-', ']']) expect(compileGlob(glob)(text)).toBe(false)
  }
)

/** What a pattern means, as a recursion that tries everything that a star could take. */
function means(glob: string, text: string): boolean {
  if (glob === '') return text === ''
  const [first] = glob
  if (first === '*') return means(glob.slice(1), text) || (text !== '' && means(glob, text.slice(1)))
  if (text === '') return false
  if (first === '?') return means(glob.slice(1), text.slice(1))
  if (first === '\\') return glob[1] === text[0] && means(glob.slice(2), text.slice(1))
  if (first !== '[') return first === text[0] && means(glob.slice(1), text.slice(1))
  const [set = '', not = '', ranges = ''] =
    /^\[(\^|(?!\^))((?:(?:\\.|[^\\\]-])(?:-(?:\\.|[^\\\]-]))?)+)\]/.exec(glob) ?? []
  if (set === '') return false
  const isInside = [...ranges.matchAll(/\\?(.)(?:-\\?(.))?/g)].some(
    ([, low, high = low]) => low <= text[0] && text[0] <= high
  )
  return isInside === (not === '') && means(glob.slice(set.length), text.slice(1))
}

test('a pattern matches what it means', () => {
  const glob = fc.string({
    unit: fc.constantFrom('a', 'b', 'c', '*', '*', '?', '[', ']', '^', '-', '\\'),
    maxLength: 9
  })
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '*', '-', ']', '^', '['), maxLength: 6 })
  fc.assert(
    fc.property(glob, text, (pattern, value) => {
      expect(compileGlob(pattern)(value)).toBe(means(pattern, value))
    }),
    { numRuns: 20_000 }
  )
})

test('a pattern with many stars takes no more steps than the text times the pattern', () => {
  expect(compileGlob('*a'.repeat(200) + 'b')('a'.repeat(5_000))).toBe(false)
})
