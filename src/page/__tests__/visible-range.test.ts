import { scrollToShow, visibleRange } from '../events/visible-range'

describe('the rows that are in the document', () => {
  it('the document has the visible rows, and a few around them', () => {
    expect(visibleRange(36_000, 360, 36, 10_000)).toEqual({ first: 992, end: 1018 })
  })

  it('an empty list has no visible rows', () => {
    expect(visibleRange(500, 360, 36, 0)).toEqual({ first: 0, end: 0 })
  })
})

describe('scrolling to a row', () => {
  it('scrolling to a visible row changes nothing', () => {
    expect(scrollToShow(5, 100, 360, 36)).toBe(100)
  })

  it('scrolling goes up to a row above, and down to a row below', () => {
    expect(scrollToShow(1, 100, 360, 36)).toBe(36)
    expect(scrollToShow(20, 100, 360, 36)).toBe(396)
  })
})
