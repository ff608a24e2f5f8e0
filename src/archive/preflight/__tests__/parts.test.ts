import { DAY } from '../../../core'
import { splitIntoParts } from '../parts'
import type { Source } from '../../read'

/** A file of a day, counted from 0. */
const fileOf = (day: number, size: number, source = 'web'): Source => {
  const name = `segment-logs/${source}/${1_735_689_600_000 + day * DAY}/events.gz`
  return { kind: 'file', name, path: name, size }
}

const days = (...sizes: number[]): Source[] => sizes.map((size, day) => fileOf(day, size))

const sizesOf = (sources: readonly Source[]): number =>
  sources.reduce((sum, source) => sum + ('size' in source ? source.size : 0), 0)

/** How much each part reads. */
const workOf = (sources: readonly Source[], count: number): number[] =>
  splitIntoParts(sources, count).map((part) => sizesOf(part.before) + sizesOf(part.sources))

describe('The parts of an archive', () => {
  test('The parts of an archive have all files in their order, each once', () => {
    const sources = days(5, 1, 4, 2, 2, 7)
    for (const count of [1, 2, 3, 6]) {
      expect(splitIntoParts(sources, count).flatMap((part) => part.sources)).toEqual(sources)
    }
  })

  test('The parts of an archive start with the day before, which all but the first one read again', () => {
    const sources = days(1, 1, 1, 1)
    expect(splitIntoParts(sources, 2).map(({ before }) => before)).toEqual([[], [sources[1]]])
  })

  test('The parts of an archive take about the same time, with the day that is read again', () => {
    expect(workOf(days(...Array.from({ length: 30 }, () => 10)), 2)).toEqual([150, 160])
    expect(workOf(days(10, 10, 10), 2)).toEqual([20, 20])
    expect(Math.max(...workOf(days(...Array.from({ length: 90 }, (_, day) => 10 + (day % 7))), 4))).toBeLessThan(330)
  })

  test('The parts of an archive are as many as there are days, at most', () => {
    expect(splitIntoParts(days(10, 10), 4)).toHaveLength(2)
    expect(splitIntoParts([fileOf(0, 10), fileOf(0, 10, 'server')], 2)).toHaveLength(1)
    expect(splitIntoParts([{ kind: 'stdin', name: '-' }], 2)).toHaveLength(1)
  })
})
