import fc from 'fast-check'
import { toUtc } from '../../src/core'
import { toTimestamp } from '../../src/destinations/topsort/time'
import { runs } from '../support/runs'

const two = (max: number, min = 0) => fc.integer({ min, max }).map((number) => String(number).padStart(2, '0'))

const isoTime = fc
  .tuple(
    fc.tuple(fc.integer({ min: 1970, max: 2099 }), two(12, 1), two(31, 1)).map((parts) => parts.join('-')),
    fc.constantFrom('T', ' '),
    fc.tuple(two(23), two(59)).map((parts) => parts.join(':')),
    fc.option(
      two(59).map((seconds) => `:${seconds}`),
      { nil: '' }
    ),
    fc.constantFrom('', 'Z', 'z', ' Z', '+02', '-03:30', '+0530')
  )
  .map(([date, mark, time, seconds, zone]) => `${date}${mark}${time}${seconds}${zone}`)

const anyTime = fc.oneof(
  isoTime,
  fc.integer({ min: 0, max: 4_000_000_000 }).map(String),
  fc.integer({ min: 1e11, max: 4e12 }).map(String),
  fc.integer({ min: 1e15, max: 4e15 }).map(String),
  fc.constantFrom('', 'yesterday', '2026-01-31', '2026-01-31T12:00:00,5Z', '01/31/2026', 'Jan 31 2026', '1e400')
)

it('reads a time as the destination does, in UTC if it has no zone', () => {
  fc.assert(
    fc.property(anyTime, (text) => {
      const expected = toTimestamp(text, Infinity)
      const time = toUtc(text)
      expect(Number.isNaN(time) ? undefined : new Date(time).toISOString()).toBe(expected)
    }),
    runs(2_000)
  )
})
