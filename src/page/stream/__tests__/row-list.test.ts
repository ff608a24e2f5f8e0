import fc from 'fast-check'
import type { DeliveryRow } from '../../../workbench/api'
import { mergeRows } from '../row-list'

function row(sequence: number, attempts = 1): DeliveryRow {
  const event = { messageId: `m${sequence}`, type: 'track', name: 'Product Viewed' }
  const receivedAt = '2026-01-31T12:00:00.000Z'
  return {
    sequence,
    receivedAt,
    event,
    mapping: 'Impression',
    stage: 'delivered',
    status: 204,
    message: '',
    codes: [],
    attempts,
    findings: []
  }
}

describe('the rows of the list', () => {
  it('rows are newest first in any order of arrival', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(50))), (arrivals) => {
        const merged = arrivals.reduce<readonly DeliveryRow[]>(
          (rows, batch) =>
            mergeRows(
              rows,
              batch.map((sequence) => row(sequence)),
              100
            ),
          []
        )
        const expected = [...new Set(arrivals.flat())].sort((a, b) => b - a)
        expect(merged.map(({ sequence }) => sequence)).toEqual(expected)
      })
    )
  })

  it('a row changes in its place when its event is tried again', () => {
    const merged = mergeRows([row(3), row(2), row(1)], [row(2, 2), row(4)], 100)
    expect(merged).toEqual([row(4), row(3), row(2, 2), row(1)])
  })

  it('only the newest rows are kept, up to the limit', () => {
    const merged = mergeRows([row(2), row(1)], [row(4), row(3)], 3)
    expect(merged).toEqual([row(4), row(3), row(2)])
  })
})
