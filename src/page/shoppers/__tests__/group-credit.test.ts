import type { ShopperLine, Story } from '../../../workbench/api'
import { groupLines, groupStories } from '../group-credit'

const line = (purchaseId: string, reason: string, rest: Partial<ShopperLine> = {}): ShopperLine => ({
  ...{ purchaseId, line: 1, productId: 'p_1', opaqueUserId: 'ann', revenue: 10, credited: null, reason },
  ...rest
})

const credited = { type: 'click', id: 'c', resolvedBidId: 'b' } as const

test('lines with the same reason are one group, newest first, and those that lost credit stand first', () => {
  const lines = [
    line('o1', 'No ad.', { isOrganic: true }),
    line('o2', 'Too late.'),
    line('o3', 'The last click.', { credited }),
    line('o4', 'Too late.'),
    line('o5', 'No ad.', { isOrganic: true })
  ]
  expect(groupLines(lines).map((group) => group.lines.map(({ purchaseId }) => purchaseId))).toEqual([
    ['o4', 'o2'],
    ['o3'],
    ['o5', 'o1']
  ])
})

const story = (id: string, code: 'other_user' | 'no_ad', creditedAmount = 0): Story => {
  const event = { id, at: '2026-01-31T12:00:00.000Z', user: 'ann' }
  const lost = { revenue: 10, productId: 'p_1', code, reason: 'Because.' }
  return {
    kind: 'order',
    event,
    isSponsored: false,
    order: { ...event, revenue: 10, credited: creditedAmount, lines: 1, lost }
  }
}

test('orders without any credit for the same reason are told once, others alone', () => {
  const stories = [
    story('o1', 'other_user'),
    story('o2', 'no_ad'),
    story('o3', 'other_user'),
    story('o4', 'other_user', 5)
  ]
  expect(
    groupStories(stories).map(({ story: first, others }) => [first, ...others].map(({ event }) => event.id))
  ).toEqual([['o1', 'o3'], ['o2'], ['o4']])
})
