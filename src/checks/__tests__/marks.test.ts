import fc from 'fast-check'
import { createMarks } from '../marks'

test('an event has a code, and is counted, as long as the code was added more often than taken back, and each change is told', () => {
  const step = fc.record({ add: fc.boolean(), code: fc.constantFrom('x', 'y'), id: fc.constantFrom('a', 'b') })
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const shown = new Map<string, string>()
      const marks = createMarks((id) => shown.set(id, marks.codesOf(id).sort().join()))
      const counts = new Map<string, number>()
      for (const { add, code, id } of steps) {
        const key = `${id} ${code}`
        const count = counts.get(key) ?? 0
        if (add) marks.add(code, id)
        else marks.remove(code, id)
        counts.set(key, Math.max(0, count + (add ? 1 : -1)))
      }
      for (const id of ['a', 'b']) {
        const expected = ['x', 'y'].filter((code) => (counts.get(`${id} ${code}`) ?? 0) > 0)
        expect(marks.codesOf(id).sort()).toEqual(expected)
        expect(shown.get(id) ?? '').toBe(expected.join())
      }
      const isOfX = (key: string): boolean => key.endsWith(' x') && (counts.get(key) ?? 0) > 0
      expect(marks.count('x')).toBe([...counts.keys()].filter(isOfX).length)
    })
  )
})

test('the oldest events are forgotten first', () => {
  const marks = createMarks()
  for (let index = 0; index <= 50_000; index += 1) marks.add('x', `m${index}`)
  expect([marks.codesOf('m0'), marks.codesOf('m1'), marks.codesOf('m50000')]).toEqual([[], ['x'], ['x']])
})
