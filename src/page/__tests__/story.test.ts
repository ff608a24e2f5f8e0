import type { Story, StoryEvent } from '../../workbench/api'
import { tellStory } from '../story/tell-story'

const at = (second: number) => new Date(2_026, 0, 1, 12, 0, second).toISOString()
const event = (id: string, second: number): StoryEvent => ({ id, at: at(second), user: 'ann', sequence: second })

const auction = { at: at(0), format: 'listings', winner: 'p_1', user: 'ann' }
const order = { ...event('order', 30), revenue: 27, credited: 25.9, lines: 2 }
const lost = { revenue: 1.1, productId: 'p_2', code: 'other_product' as const, reason: 'No click is on this product.' }

const write = (story: Story, name?: string): string[] =>
  tellStory(story, name).map((sentence) =>
    sentence.map((part) => (typeof part === 'string' ? part : `[${part.text} ${part.event.id}]`)).join('')
  )

test('the story of an order leads from the auction to the credit, and says what is lost', () => {
  const story: Story = {
    kind: 'order',
    event: order,
    about: 'p_1',
    isSponsored: true,
    auction,
    view: event('view', 2),
    click: event('click', 5),
    order: { ...order, lost: { ...lost, event: event('other', 9) } }
  }
  expect(write(story, 'Yogurt')).toEqual([
    expect.stringMatching(
      /^Yogurt won an auction for listings at .*12:00:00, was \[seen view\] after 2 s, \[clicked click\] after 3 s and ordered after 25 s\.$/
    ),
    '25.90 of 27.00 is credited to the [click click].',
    '1.10 for p_2 is not. No click is on this product. [Show that event other]'
  ])
})

test('the story of an order without credit begins with the reason', () => {
  const uncredited = { ...order, credited: 0, lost: { ...lost, code: 'other_user' as const, reason: 'Other id.' } }
  expect(write({ kind: 'order', event: order, isSponsored: false, order: uncredited })).toEqual([
    'No ad gets credit for this order of 27.00: other user id.',
    'Other id.'
  ])
})

test('the story of a click tells its auction, its view and its order', () => {
  const click: Story = { kind: 'click', event: event('click', 5), about: 'p_1', isSponsored: true, auction, order }
  expect(write(click)).toEqual([
    'p_1 won an auction for listings 5 s before.',
    'No view of this ad was reported before the click.',
    'An [order of 27.00 order] followed after 25 s, and all of it is credited.'
  ])
  expect(write({ ...click, auction: { ...auction, user: 'bob' }, view: event('view', 2), order: undefined })).toEqual([
    'p_1 won an auction for listings 5 s before, for another user id: bob.',
    'It was [seen view] 3 s before.',
    'No order is credited to it so far.'
  ])
})

test('the story of an organic click tells of the ad whose bid may be lost', () => {
  const story: Story = { kind: 'click', event: event('click', 5), about: 'p_1', isSponsored: false }
  expect(write(story)[0]).toBe('It has no bid, so it is organic, and nothing is billed.')
  expect(write({ ...story, auction, view: event('view', 2) })[1]).toBe(
    'p_1 had won an auction for listings 5 s before, and was [seen view] as an ad. If this click is on that ad, the shop has lost its bid.'
  )
})
