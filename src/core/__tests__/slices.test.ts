import { createSlices, forEachInSlices } from '..'

test('long work lets other work run', async () => {
  let hasRun = false
  setImmediate(() => {
    hasRun = true
  })
  await forEachInSlices(forever(), () => {
    if (hasRun) throw new Error('stopped')
  }).catch(() => undefined)
  expect(hasRun).toBe(true)
})

function* forever(): Generator<number> {
  for (let count = 0; ; count += 1) yield count
}

test('each item gets its turn, in order', async () => {
  const seen: number[] = []
  await forEachInSlices([1, 2, 3], (item) => seen.push(item), createSlices())
  expect(seen).toEqual([1, 2, 3])
})
