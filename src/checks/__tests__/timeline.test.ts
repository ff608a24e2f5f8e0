import fc from 'fast-check'
import { createTimeline } from '../timeline'

const MINUTE = 60_000
const NOON = Date.parse('2026-03-01T12:00:00.000Z')

function timelineOf(times: readonly number[]) {
  const timeline = createTimeline()
  times.forEach(timeline.add)
  return timeline
}

test('cases within half an hour are counted by the minute, the newest last', () => {
  const { step, start, counts } = timelineOf([NOON, NOON, NOON - 2 * MINUTE]).trend(NOON + MINUTE)
  expect({ step, start, length: counts.length }).toEqual({
    step: 'minute',
    start: '2026-03-01T11:32:00.000Z',
    length: 30
  })
  expect(counts.slice(-4)).toEqual([1, 0, 2, 0])
})

test('cases over a day are counted by the hour, and cases over weeks by the day', () => {
  expect(timelineOf([NOON, NOON - 600 * MINUTE]).trend(NOON)).toMatchObject({ step: 'hour' })
  expect(timelineOf([NOON, NOON - 6_000 * MINUTE]).trend(NOON)).toMatchObject({ step: 'day' })
})

test('one case of long ago does not change the step of ten others', () => {
  const recent = Array.from({ length: 10 }, (_, index) => NOON - index * MINUTE)
  expect(timelineOf([0, ...recent]).trend(NOON)).toMatchObject({ step: 'minute' })
})

test('the order of arrival does not matter, and a copy counts apart', () => {
  const time = fc.integer({ min: 0, max: 100_000 }).map((minutes) => NOON - minutes * MINUTE)
  fc.assert(
    fc.property(fc.array(time), (times) => {
      const trend = timelineOf(times).trend(NOON)
      expect(timelineOf([...times].reverse()).trend(NOON)).toEqual(trend)
      const original = timelineOf(times)
      original.copy().add(NOON)
      expect(original.trend(NOON)).toEqual(trend)
    })
  )
})
