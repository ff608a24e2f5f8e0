import { createKeySample } from '../key-sample'
import { keepValue } from '../sketch'

type Kept = { count: number; key: string }

const create = (limit: number) =>
  createKeySample(limit, () => keepValue<Kept>({ count: 0, key: '' }, { key: (_, other) => other }))

type Sample = ReturnType<typeof create>

function add(sample: Sample, key: string): void {
  const kept = sample.find(key)?.value
  if (!kept) return
  kept.count += 1
  kept.key = key
}

const KEYS = Array.from({ length: 1_000 }, (_, index) => `key-${index}`)

const valuesOf = (sample: Sample) => sample.list().map(([, { value }]) => ({ ...value }))

test('a sample has all keys, if there are few', () => {
  const sample = create(100)
  for (const key of ['a', 'b', 'a']) add(sample, key)
  expect(valuesOf(sample)).toEqual(
    expect.arrayContaining([
      { key: 'a', count: 2 },
      { key: 'b', count: 1 }
    ])
  )
  expect(sample.share()).toBe(1)
})

test('a sample of many keys has as many as its limit, with all events of each', () => {
  const sample = create(100)
  for (let round = 0; round < 3; round += 1) for (const key of KEYS) add(sample, key)
  const values = valuesOf(sample)
  expect(values).toHaveLength(100)
  expect(values.every(({ count }) => count === 3)).toBe(true)
  expect(sample.share()).toBeGreaterThan(0.07)
  expect(sample.share()).toBeLessThan(0.14)
})

test('a sample is the same in any order of the keys, and merged from parts', () => {
  const whole = create(100)
  for (const key of KEYS) add(whole, key)
  const reversed = create(100)
  for (const key of [...KEYS].reverse()) add(reversed, key)
  expect(valuesOf(reversed)).toEqual(valuesOf(whole))

  const merged = create(100)
  for (const part of [0, 1, 2]) {
    const sample = create(100)
    KEYS.filter((_, index) => index % 3 === part).forEach((key) => {
      add(sample, key)
    })
    merged.merge(JSON.parse(JSON.stringify(sample.save())))
  }
  expect(valuesOf(merged)).toEqual(valuesOf(whole))
  expect(merged.share()).toBe(whole.share())
})
