import fc from 'fast-check'
import { createNewestList, createNewestSet } from '../..'

describe('a newest list', () => {
  test('keeps the last items in order and counts the dropped ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(fc.integer()), (keep, items) => {
        const list = createNewestList<number>(keep)
        items.forEach(list.add)
        expect(list.items()).toEqual(items.slice(-keep))
        expect(list.dropped()).toBe(Math.max(0, items.length - keep))
      })
    )
  })

  test('a newest list is empty and has no dropped items after clear()', () => {
    const list = createNewestList<string>(1)
    list.add('a')
    list.add('b')
    list.clear()
    expect([list.items(), list.dropped()]).toEqual([[], 0])
  })

  test('returns an array that the caller can change', () => {
    const list = createNewestList<string>(2)
    list.add('a')
    list.items().pop()
    expect(list.items()).toEqual(['a'])
  })
})

describe('a newest set', () => {
  test('returns whether a text is new', () => {
    const set = createNewestSet(2)
    expect(['a', 'a', 'b', 'a'].map(set.add)).toEqual([true, false, true, false])
  })

  test('treats a dropped text as new', () => {
    const set = createNewestSet(2)
    for (const text of ['a', 'b', 'c']) set.add(text)
    expect(['c', 'b', 'a'].map(set.add)).toEqual([false, false, true])
  })

  test('a newest set is empty after clear()', () => {
    const set = createNewestSet(2)
    set.add('a')
    set.clear()
    expect(set.add('a')).toBe(true)
  })
})
