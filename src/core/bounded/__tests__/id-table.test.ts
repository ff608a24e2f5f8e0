import fc from 'fast-check'
import { createIdTable } from '../..'

describe('an id table', () => {
  test('keeps the values of each id, also of many', () => {
    const table = createIdTable(2, 100_000)
    for (let number = 0; number < 60_000; number += 1) {
      const row = table.add(`id-${number}`)
      table.set(row, 0, number)
      table.set(row, 1, 2 ** 32 - 1 - number)
    }
    const wrong = Array.from({ length: 60_000 }, (_, number) => number).filter((number) => {
      const row = table.find(`id-${number}`)
      return table.get(row, 0) !== number || table.get(row, 1) !== 2 ** 32 - 1 - number
    })
    expect(wrong).toEqual([])
    expect(table.find('id-60000')).toBe(-1)
    expect(table.dropped()).toBe(0)
  })

  test('drops the oldest ids when it is full, and keeps at least half', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 1_500 }), (maxIds, count) => {
        const table = createIdTable(1, maxIds)
        for (let number = 0; number < count; number += 1) table.set(table.add(`${number}`), 0, number)
        const kept = count - table.dropped()
        expect(kept).toBeLessThanOrEqual(maxIds)
        expect(kept).toBeGreaterThanOrEqual(Math.min(count, Math.ceil(maxIds / 2)))
        const found = Array.from({ length: count }, (_, number) => table.find(`${number}`))
        expect(found.filter((row) => row !== -1).map((row) => table.get(row, 0))).toEqual(
          Array.from({ length: kept }, (_, index) => table.dropped() + index)
        )
      }),
      { numRuns: 50 }
    )
  })

  test('gives no row to two ids, so that a row can stand for its id', () => {
    const table = createIdTable(1, 10)
    const rows = Array.from({ length: 100 }, (_, number) => table.add(`${number}`))
    expect(new Set(rows).size).toBe(100)
    expect(Math.min(...rows)).toBeGreaterThan(0)
    expect(rows.filter((row) => row >= table.oldest())).toHaveLength(100 - table.dropped())
  })
})
