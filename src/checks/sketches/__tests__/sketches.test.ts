import { seeded } from '../../../../test/support/random'
import { compareSamples, createIdSample, type IdSample } from '../id-sample'
import { keepValue, type Sketch } from '../sketch'
import { createTopValues } from '../top-values'

const SIZE = 20
const EVENTS = 6_000

const createNumber = () => keepValue({ events: 0 })

function createValues() {
  const values = createTopValues(SIZE, createNumber)
  const add = (value: string) => {
    values.add(value).value.events += 1
  }
  return { ...values, add }
}

/** Returns values of which a few are frequent, and many are rare. */
function makeValues(seed: number): string[] {
  const random = seeded(seed)
  return Array.from({ length: EVENTS }, () => {
    return random() < 0.4 ? `often ${Math.floor(random() * 5)}` : `seldom ${Math.floor(random() * 2_000)}`
  })
}

/** Returns three sketches of every third value, merged as JSON. */
function mergeParts<Each extends Sketch & { add: (value: string) => void }>(all: string[], create: () => Each): Each {
  const merged = create()
  for (const rest of [0, 1, 2]) {
    const part = create()
    all.filter((_, index) => index % 3 === rest).forEach(part.add)
    merged.merge(JSON.parse(JSON.stringify(part.save())))
  }
  return merged
}

test.each([1, 2, 3])(
  'the most frequent values of a stream and of its parts are found, and counted (seed %i)',
  (seed) => {
    const all = makeValues(seed)
    const whole = createValues()
    all.forEach(whole.add)
    for (const values of [whole, mergeParts(all, createValues)]) {
      const list = values.list()
      expect(list.length).toBeLessThanOrEqual(SIZE)
      for (const value of new Set(all)) {
        const times = all.filter((each) => each === value).length
        const found = list.find((each) => each.value === value)
        if (times > EVENTS / SIZE) expect(found).toBeDefined()
        if (!found) continue
        expect(found.count).toBeGreaterThanOrEqual(times)
        expect(found.count - found.error).toBeLessThanOrEqual(times)
      }
    }
  }
)

test('the parts of a stream with few values have the counts of the stream', () => {
  const all = makeValues(1).filter((value) => value.startsWith('often'))
  const whole = createValues()
  all.forEach(whole.add)
  expect(mergeParts(all, createValues).save()).toEqual(whole.save())
  expect(whole.list().every(({ count, error, sketch }) => error === 0 && sketch.value.events === count)).toBe(true)
  expect(whole.find('often 1')?.value.events).toBeGreaterThan(0)
  expect(whole.find('seldom 1')).toBeUndefined()
})

describe('A sample of ids', () => {
  const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `p-${from + index}`)
  const sampleOf = (all: string[], limit?: number): IdSample => {
    const sample = createIdSample(limit)
    all.forEach(sample.add)
    return sample
  }

  test('has all ids below its limit, and the same number of ids above it', () => {
    expect(sampleOf([...ids(0, 10), ...ids(0, 10)], 16).list()).toHaveLength(10)
    expect(sampleOf(ids(0, 500), 16).list()).toHaveLength(16)
  })

  test('estimates the size of a large set', () => {
    expect(Math.abs(sampleOf(ids(0, 50_000)).size() / 50_000 - 1)).toBeLessThan(0.1)
  })

  test('is the same for the parts of a set, merged', () => {
    expect(mergeParts(ids(0, 5_000), createIdSample).list()).toEqual(sampleOf(ids(0, 5_000)).list())
  })

  test('shows which share of a set is in another one', () => {
    const { count, of } = compareSamples(sampleOf(ids(0, 20_000)), sampleOf(ids(15_000, 60_000)))
    expect(Math.abs(count / of - 0.25)).toBeLessThan(0.1)
  })
})
