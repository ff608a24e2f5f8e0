import { enumerate, joinReasons, listPlaces, quote, quoteId } from '../messages'

describe('enumerate', () => {
  it('names five parts', () => {
    expect(enumerate(['a', 'b', 'c', 'd', 'e'], ', ')).toBe('a, b, c, d, e')
  })

  it('names five of more parts and counts the others', () => {
    expect(enumerate(['a', 'b', 'c', 'd', 'e', 'f', 'g'], '; ')).toBe('a; b; c; d; e; and 2 more')
  })
})

describe('listPlaces', () => {
  test.each<[string[], string]>([
    [['1'], '1'],
    [['1', '8', '15'], '1, 8, 15'],
    [['1', '8', '15', '22'], '1, 8, 15, …'],
    [['1', '8', '15', '22', '29'], '1, 8, 15, …']
  ])('lists the first three of %j', (places, list) => {
    expect(listPlaces(places)).toBe(list)
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

describe('quoteId', () => {
  test.each<[unknown, string]>([
    ['user-1', '"user-1"'],
    ['user-12', '"user-1…"'],
    ['ada@example.com', '"ada@ex…"'],
    [true, 'true'],
    [1234567, '1234567'],
    [{ id: 1 }, '{"id":1}']
  ])('writes only the start of a long text: %j is %s', (value, written) => {
    expect(quoteId(value)).toBe(written)
  })
})

describe('joinReasons', () => {
  it('writes each sentence after the names that it is about', () => {
    const reasons = [
      { names: ['a', 'c'], sentence: 'No id.' },
      { names: ['b'], sentence: 'No price.' }
    ]

    expect(joinReasons(reasons)).toBe('a, c: No id. b: No price.')
  })

  it('shortens many sentences and many names', () => {
    const many = { names: Array.from({ length: 7 }, (_, index) => `a${index}`), sentence: 'No id.' }
    const others = Array.from({ length: 6 }, (_, index) => ({ names: ['b'], sentence: `Reason ${index}.` }))

    expect(joinReasons([many, ...others])).toBe(
      'a0, a1, a2, a3, a4, and 2 more: No id. b: Reason 0. b: Reason 1. b: Reason 2. b: Reason 3. and 2 more'
    )
  })
})
