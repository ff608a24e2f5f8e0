import { readSearchTime, readTerms, toTerm } from '../search-language'

test('a search is split into terms, with their keys, quotes and minus', () => {
  expect(readTerms('yogurt -event:"Cart Viewed" IS:failed since:14:05')).toEqual([
    { text: 'yogurt', isNegated: false, value: 'yogurt' },
    { text: '-event:"Cart Viewed"', isNegated: true, key: 'event', value: 'Cart Viewed' },
    { text: 'IS:failed', isNegated: false, key: 'is', value: 'failed' },
    { text: 'since:14:05', isNegated: false, key: 'since', value: '14:05' }
  ])
})

test('a term is read again as it was written', () => {
  for (const value of ['p_1', 'Order Completed', 'a:b']) {
    expect(readTerms(toTerm('event', value))).toMatchObject([{ key: 'event', value }])
  }
})

const now = new Date(2026, 10, 28, 13, 0).getTime()

test.each<[string, number]>([
  ['30s', now - 30_000],
  ['10m', now - 600_000],
  ['2H', now - 7_200_000],
  ['1d', now - 86_400_000],
  ['9:05', new Date(2026, 10, 28, 9, 5).getTime()],
  ['14:05:09', new Date(2026, 10, 28, 14, 5, 9).getTime()],
  ['2026-11-27', new Date(2026, 10, 27).getTime()],
  ['2026-11-27t10:30', new Date(2026, 10, 27, 10, 30).getTime()],
  ['2026-11-27T10:30:00Z', Date.UTC(2026, 10, 27, 10, 30)]
])('the time %s is understood', (text, expected) => {
  expect(readSearchTime(text, now)).toBe(expected)
})

test.each(['', 'yesterday', '10', '25:00', '9:60', '2026-13-01', '2026'])('the text %j is not a time', (text) => {
  expect(readSearchTime(text, now)).toBeUndefined()
})
