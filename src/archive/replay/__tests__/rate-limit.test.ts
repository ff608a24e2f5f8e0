import { readWait } from '../retry'

const NOW = Date.UTC(2026, 0, 31, 12)

describe('The wait that a server requests', () => {
  it.each([
    ['nothing', {}, 0],
    ['seconds that are left', { 'x-ratelimit-reset': '3' }, 3_000],
    ['a fraction of a second', { 'x-ratelimit-reset': '0.5' }, 500],
    ['a time in seconds', { 'x-ratelimit-reset': String(NOW / 1_000 + 7) }, 7_000],
    ['a time in milliseconds', { 'x-ratelimit-reset': String(NOW + 900) }, 900],
    ['a time that has passed', { 'x-ratelimit-reset': String(NOW / 1_000 - 7) }, 0],
    ['a reset, while requests remain', { 'x-ratelimit-reset': '30', 'x-ratelimit-remaining': '5' }, 0],
    ['a reset, while none remains', { 'x-ratelimit-reset': '30', 'x-ratelimit-remaining': '0' }, 30_000],
    ['seconds to retry after', { 'retry-after': '12' }, 12_000],
    ['a date to retry after', { 'retry-after': 'Sat, 31 Jan 2026 12:01:00 GMT' }, 60_000],
    ['the longer of two', { 'retry-after': '2', 'x-ratelimit-reset': '5' }, 5_000],
    ['a day, which is cut', { 'retry-after': '86400' }, 15 * 60_000],
    ['no number', { 'x-ratelimit-reset': 'soon', 'retry-after': 'later' }, 0],
    ['a negative number', { 'x-ratelimit-reset': '-4' }, 0]
  ])('readWait reads %s from the headers', (_, headers: Record<string, string>, wait) => {
    expect(readWait({ get: (name) => headers[name] ?? null }, NOW)).toBe(wait)
  })
})
