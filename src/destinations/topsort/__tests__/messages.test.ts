import { enumerate, joinReasons, quote } from '../messages'

describe('enumerate', () => {
  it('names five parts', () => {
    expect(enumerate(['a', 'b', 'c', 'd', 'e'], ', ')).toBe('a, b, c, d, e')
  })

  it('names five of more parts and counts the others', () => {
    expect(enumerate(['a', 'b', 'c', 'd', 'e', 'f', 'g'], '; ')).toBe('a; b; c; d; e; and 2 more')
  })
})

describe('quote', () => {
  test.each<[unknown, string]>([
    ['a "b"', '"a \\"b\\""'],
    [{ a: [1] }, '{"a":[1]}'],
    ['x'.repeat(58), `"${'x'.repeat(58)}"`],
    ['x'.repeat(59), `"${'x'.repeat(59)}…`],
    [undefined, 'undefined']
  ])('writes %j as %s', (value, written) => {
    expect(quote(value)).toBe(written)
  })
})

describe('joinReasons', () => {
  it('writes each reason once, after the names that have it', () => {
    const reasons = [
      { name: 'a', reason: 'No id.' },
      { name: 'b', reason: 'No price.' },
      { name: 'c', reason: 'No id.' }
    ]

    expect(joinReasons(reasons)).toBe('a, c: No id. b: No price.')
  })

  it('shortens many reasons and many names', () => {
    const reasons = Array.from({ length: 7 }, (_, index) => ({ name: `a${index}`, reason: 'No id.' }))
    const others = Array.from({ length: 6 }, (_, index) => ({ name: 'b', reason: `Reason ${index}.` }))

    expect(joinReasons([...reasons, ...others])).toBe(
      'a0, a1, a2, a3, a4, and 2 more: No id. b: Reason 0. b: Reason 1. b: Reason 2. b: Reason 3. and 2 more'
    )
  })
})
