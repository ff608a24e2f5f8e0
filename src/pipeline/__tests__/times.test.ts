import fc from 'fast-check'
import { formatTime, parseTime } from '../times'

const format = (time: number | undefined) => (time === undefined ? undefined : formatTime(time))

test.each([
  ['2024-05-01T12:00:00Z', '2024-05-01T12:00:00.000Z'],
  ['2024-05-01T12:00:00.123Z', '2024-05-01T12:00:00.123Z'],
  ['2024-05-01T12:00:00.123456+00:00', '2024-05-01T12:00:00.123Z'],
  ['2024-05-01T12:00:00.1234567Z', '2024-05-01T12:00:00.123Z'],
  ['2024-05-01T12:00:00,5Z', '2024-05-01T12:00:00.500Z'],
  ['2024-05-01T12:00Z', '2024-05-01T12:00:00.000Z'],
  ['2024-05-01t12:00:00z', '2024-05-01T12:00:00.000Z'],
  ['2024-05-01T12:00:00+0200', '2024-05-01T10:00:00.000Z'],
  ['2024-05-01T12:00:00-02', '2024-05-01T14:00:00.000Z'],
  ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00.000Z'],
  ['1969-07-20T20:17:00Z', '1969-07-20T20:17:00.000Z']
])('%s is a time', (text, expected) => {
  expect(format(parseTime(text))).toBe(expected)
})

test.each([
  '2024-02-30T12:00:00Z',
  '2023-02-29T12:00:00Z',
  '2024-04-31T12:00:00Z',
  '2024-13-01T12:00:00Z',
  '2024-00-01T12:00:00Z',
  '2024-05-01T25:00:00Z',
  '2024-05-01T12:60:00Z',
  '2024-05-01T12:00:00',
  '2024-05-01',
  '2024-05-01 12:00:00Z',
  'yesterday',
  '1714564800',
  '',
  1714564800,
  1714564800000,
  null,
  undefined,
  {},
  ['2024-05-01T12:00:00Z']
])('%j is not one time that everybody reads alike', (value) => {
  expect(parseTime(value)).toBeUndefined()
})

test('every time that JavaScript writes is read as itself', () => {
  const date = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true
  })
  fc.assert(
    fc.property(date, (time) => {
      expect(parseTime(time.toISOString())).toBe(time.getTime())
      expect(formatTime(time.getTime())).toBe(time.toISOString())
    })
  )
})

test('a time that ISO 8601 writes with more than four digits is not written', () => {
  expect([formatTime(Date.UTC(10_000, 0)), formatTime(Date.parse('0000-01-01T00:00:00Z') - 1)]).toEqual([
    undefined,
    undefined
  ])
})
