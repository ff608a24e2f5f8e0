import type { Check } from '../model'
import { toReports } from '../read-facts'
import { toSighting } from '../sighting'

/** An order was sent with a line that has no vendor. */
export const noVendor: Check = {
  code: 'no-vendor',
  severity: 'worth a look',
  title: 'An order has lines without a vendor',
  why: 'Halo attribution credits the sale of another product of the same vendor. It cannot credit a line without vendorId.',
  cure: 'Add vendorId to each product of the order. If your marketplace does not use halo attribution, nothing is wrong.',
  needs: 'orders',
  ofEvent(observation) {
    const lines = observation.deliveries.flatMap(({ ok, sent }) => (ok ? (sent?.purchases ?? []) : []))
    const lacking = new Map(
      lines.flatMap(({ id, items }) => {
        const item = items.find(({ vendorId }) => vendorId === undefined)
        return item ? [[id, item.productId]] : []
      })
    )
    if (lacking.size === 0) return []
    return toReports(observation).flatMap((report) => {
      const product = report.kind === 'purchase' ? lacking.get(report.id) : undefined
      return product === undefined ? [] : [toSighting(report, { product })]
    })
  }
}
