import fc from 'fast-check'
import type { ShopperLine, ShopperMoment } from '../../../workbench/api'
import { LANES, layOutJourney } from '../journey-layout'

const START = Date.parse('2026-01-31T12:00:00Z')

function at(seconds: number): string {
  return new Date(START + seconds * 1_000).toISOString()
}

function interaction(type: 'impression' | 'click', seconds: number, id: string): ShopperMoment {
  return { type, at: at(seconds), id, about: 'p_1', resolvedBidId: 'bid', format: 'listings' }
}

function order(seconds: number, id: string): ShopperMoment {
  return { type: 'order', at: at(seconds), id, revenue: 10, lines: 1 }
}

function line(purchaseId: string, credited: ShopperLine['credited'], number = 1): ShopperLine {
  return { purchaseId, line: number, productId: 'p_1', opaqueUserId: 'u', revenue: 10, credited, reason: 'Because.' }
}

describe('layOutJourney', () => {
  test('draws a curve from an order line to the click that it is credited to', () => {
    const credited = { type: 'click', id: 'c2', resolvedBidId: 'bid' } as const
    const timeline = [interaction('click', 0, 'c1'), interaction('click', 5, 'c2'), order(9, 'o')]
    const { curves } = layOutJourney({ timeline, lines: [line('o', credited)] }, 600)
    expect(curves).toHaveLength(1)
    expect(curves[0].from.line?.purchaseId).toBe('o')
    expect(curves[0].to.moment).toEqual(timeline[1])
  })

  test('draws no curve for an order line without a credit', () => {
    const timeline = [interaction('click', 0, 'c1'), order(9, 'o')]
    expect(layOutJourney({ timeline, lines: [line('o', null)] }, 600).curves).toEqual([])
  })

  test('draws the curve to the click, not to an impression with the same id', () => {
    const credited = { type: 'impression', id: 'same', resolvedBidId: 'bid' } as const
    const timeline = [interaction('impression', 0, 'same'), interaction('click', 5, 'same'), order(9, 'o')]
    const { curves } = layOutJourney({ timeline, lines: [line('o', credited)] }, 600)
    expect(curves.map(({ to }) => to.lane)).toEqual(['impression'])
  })

  test('draws each line of an order below the one before', () => {
    const { marks } = layOutJourney({ timeline: [order(0, 'o')], lines: [line('o', null, 1), line('o', null, 2)] }, 600)
    expect(marks.map(({ line: own }) => own?.line)).toEqual([1, 2])
    expect(marks[1].x).toBe(marks[0].x)
    expect(marks[1].y).toBeGreaterThan(marks[0].y)
  })

  test('writes the time between two moments if it is a second or more', () => {
    const timeline = [interaction('click', 0, 'c1'), interaction('click', 0.5, 'c2'), interaction('click', 90.5, 'c3')]
    expect(layOutJourney({ timeline, lines: [] }, 600).gaps.map(({ milliseconds }) => milliseconds)).toEqual([90_000])
  })

  test('draws the newest 300 moments, and counts the older ones', () => {
    const timeline = Array.from({ length: 310 }, (_, index) => interaction('click', index, `c${index}`))
    const { hidden, marks } = layOutJourney({ timeline, lines: [] }, 600)
    expect(hidden).toBe(10)
    expect(marks[0].moment).toEqual(timeline[10])
  })

  test('a journey without moments is empty and as wide as its frame', () => {
    expect(layOutJourney({ timeline: [], lines: [] }, 480)).toMatchObject({ width: 480, marks: [], curves: [] })
  })

  const timelines = fc
    .array(fc.tuple(fc.constantFrom('impression', 'click', 'order'), fc.integer({ min: 0, max: 3_000_000 })), {
      minLength: 1,
      maxLength: 80
    })
    .map((entries) =>
      entries
        .toSorted(([, one], [, other]) => one - other)
        .map(([type, seconds], index) =>
          type === 'order' ? order(seconds, `e${index}`) : interaction(type as 'click', seconds, `e${index}`)
        )
    )

  test('all marks are inside the picture and inside their lanes', () => {
    fc.assert(
      fc.property(timelines, fc.integer({ min: 0, max: 2_000 }), (timeline, minWidth) => {
        const { marks, lanes, width, height } = layOutJourney({ timeline, lines: [] }, minWidth)
        expect(marks).toHaveLength(timeline.length)
        for (const { lane, x, y } of marks) {
          const own = lanes[LANES.indexOf(lane)]
          expect(x).toBeGreaterThan(0)
          expect(x).toBeLessThan(width)
          expect(y).toBeGreaterThan(own.top)
          expect(y).toBeLessThan(own.top + own.height)
          expect(y).toBeLessThan(height)
        }
      })
    )
  })

  test('a later moment is never to the left of an earlier one', () => {
    fc.assert(
      fc.property(timelines, (timeline) => {
        const { marks } = layOutJourney({ timeline, lines: [] }, 800)
        for (const [index, mark] of marks.entries()) {
          const earlier = marks[index - 1] as typeof mark | undefined
          if (!earlier || Date.parse(mark.moment.at) - Date.parse(earlier.moment.at) < 1_000) continue
          expect(mark.x).toBeGreaterThan(earlier.x)
        }
      })
    )
  })

  test('no two marks overlap', () => {
    fc.assert(
      fc.property(timelines, (timeline) => {
        const { marks } = layOutJourney({ timeline, lines: [] }, 300)
        const places = marks.map(({ x, y }) => `${x} ${y}`)
        expect(new Set(places).size).toBe(places.length)
      })
    )
  })
})
