import fc from 'fast-check'
import { createNewestList, createNewestSet } from '..'

describe('a list of the newest', () => {
  test('holds the last items in their order and counts the others, however many are added', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(fc.integer()), (keep, items) => {
        const list = createNewestList<number>(keep)
        items.forEach(list.add)
        expect(list.items()).toEqual(items.slice(-keep))
        expect(list.dropped()).toBe(Math.max(0, items.length - keep))
      })
    )
  })

  test('is empty and has dropped nothing after it was cleared', () => {
    const list = createNewestList<string>(1)
    list.add('a')
    list.add('b')
    list.clear()
    expect([list.items(), list.dropped()]).toEqual([[], 0])
  })

  test('gives an array that can be changed without changing the list', () => {
    const list = createNewestList<string>(2)
    list.add('a')
    list.items().pop()
    expect(list.items()).toEqual(['a'])
  })
})

describe('a set of the newest', () => {
  test('tells whether a text is new', () => {
    const set = createNewestSet(2)
    expect(['a', 'a', 'b', 'a'].map(set.add)).toEqual([true, false, true, false])
  })

  test('takes a text that it has dropped for a new one', () => {
    const set = createNewestSet(2)
    for (const text of ['a', 'b', 'c']) set.add(text)
    expect(['c', 'b', 'a'].map(set.add)).toEqual([false, false, true])
  })

  test('knows no text after it was cleared', () => {
    const set = createNewestSet(2)
    set.add('a')
    set.clear()
    expect(set.add('a')).toBe(true)
  })
})
