import type { DeliveryRow } from '../../workbench/api'
import { layOutList, scrollToShow, visibleItems } from '../events/list-layout'

const toRow = (sequence: number, receivedAt: string): DeliveryRow => ({
  sequence,
  receivedAt,
  event: null,
  mapping: null,
  stage: 'failed',
  status: 400,
  message: '',
  codes: [],
  attempts: 1,
  findings: []
})

/** Noon of a day of this time zone, so many days ago. */
const noon = (daysAgo: number): string => {
  const time = new Date()
  time.setHours(12, 0, 0, 0)
  time.setDate(time.getDate() - daysAgo)
  return time.toISOString()
}

const today = Array.from({ length: 1_000 }, (_, index) => toRow(1_000 - index, noon(0)))
const tall = ({ sequence }: DeliveryRow): number => (sequence % 2 === 0 ? 60 : 36)

describe('the layout of the list', () => {
  it('rows stand below each other, with their own heights', () => {
    const { items, height, placeOfRow } = layOutList(today.slice(0, 3), tall)
    expect(items.map(({ top }) => top)).toEqual([0, 60, 96])
    expect(height).toBe(156)
    expect(placeOfRow).toEqual([0, 1, 2])
  })

  it('each day has a separator if there are others than today', () => {
    const rows = [toRow(3, noon(0)), toRow(2, noon(2)), toRow(1, noon(2))]
    const { items, placeOfRow, hasOtherDays } = layOutList(rows, () => 36)
    expect(items.map((item) => ('day' in item ? item.day : item.row.sequence))).toEqual([
      'Today',
      3,
      expect.stringMatching(/^[A-Z][a-z]+day \d+ [A-Z][a-z]+ \d{4}$/),
      2,
      1
    ])
    expect(placeOfRow).toEqual([1, 3, 4])
    expect([hasOtherDays, layOutList(today, tall).hasOtherDays]).toEqual([true, false])
  })

  it('a time that is not a time does not break the list', () => {
    expect(layOutList([toRow(1, 'yesterday')], () => 36).items).toHaveLength(2)
  })
})

describe('the items that are in the document', () => {
  it('the document has the visible items, and a few around them', () => {
    const layout = layOutList(today, () => 36)
    const visible = visibleItems(layout, 18_000, 360)
    expect(visible[0].top).toBeLessThan(18_000 - 200)
    expect(visible[visible.length - 1].top).toBeGreaterThan(18_360 + 200)
    expect(visible.length).toBeLessThan(40)
  })

  it('an empty list has no items', () => {
    expect(visibleItems(layOutList([], tall), 500, 360)).toEqual([])
  })
})

describe('scrolling to an item', () => {
  const { items } = layOutList(today, () => 36)

  it('scrolling to a visible item changes nothing', () => {
    expect(scrollToShow(items[5], 100, 360)).toBe(100)
  })

  it('scrolling goes up to an item above, and down to one below', () => {
    expect(scrollToShow(items[1], 100, 360)).toBe(36)
    expect(scrollToShow(items[20], 100, 360)).toBe(396)
  })
})
