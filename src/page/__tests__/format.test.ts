import { formatDay, formatDuration, formatMoney, formatTime } from '../format'

const at = (daysAgo: number): string => {
  const time = new Date()
  time.setHours(14, 5, 9, 123)
  time.setDate(time.getDate() - daysAgo)
  return time.toISOString()
}

test('a time of today has no date, and any other time has one', () => {
  expect(formatTime(at(0))).toBe('14:05:09.123')
  expect(formatTime(at(0), 'minutes')).toBe('14:05')
  expect(formatTime(at(2), 'seconds')).toMatch(/^\d+ [A-Z][a-z]+( \d{4})? 14:05:09$/)
  expect(formatTime('2020-02-29T12:00:00')).toBe('29 Feb 2020 12:00:00.000')
})

test('a text that is not a time stays as it is', () => {
  expect([formatTime('yesterday'), formatDay('yesterday')]).toEqual(['yesterday', 'yesterday'])
})

test('a day has its weekday and its year, except today', () => {
  expect([formatDay(at(0)), formatDay('2020-02-29T12:00:00')]).toEqual(['Today', 'Saturday 29 February 2020'])
})

test('amounts have two decimals, and their currency if it is known', () => {
  expect([formatMoney(1290), formatMoney(25.9, 'USD')]).toEqual(['1,290.00', '25.90 USD'])
})

test('a length of time has one unit', () => {
  expect([300, 4_000, 120_000, 10_800_000, 432_000_000].map(formatDuration)).toEqual([
    ...['300 ms', '4 s', '2 min', '3 h', '5 d']
  ])
})
