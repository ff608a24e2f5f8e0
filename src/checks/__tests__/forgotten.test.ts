import fc from 'fast-check'
import { createForgotten } from '../forgotten'

test('each forgotten text is always found', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (texts) => {
      const forgotten = createForgotten()
      texts.forEach(forgotten.add)
      expect(texts.every(forgotten.mayHave)).toBe(true)
    }),
    { numRuns: 20 }
  )
})

test('after 300,000 texts, fewer than 4 % of new texts are found by mistake', () => {
  const forgotten = createForgotten()
  for (let index = 0; index < 300_000; index += 1) forgotten.add(`user-${index}`)
  const wrong = Array.from({ length: 10_000 }, (_, index) => `new-${index}`).filter(forgotten.mayHave)
  expect(wrong.length).toBeGreaterThan(0)
  expect(wrong.length).toBeLessThan(400)
})
