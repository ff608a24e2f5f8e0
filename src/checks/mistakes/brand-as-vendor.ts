import type { Check } from '../model'
import { toSighting } from '../sighting'

/** A brand was sent as the vendor of a line, and no winner of an auction has this vendor. */
export const brandAsVendor: Check = {
  code: 'brand-as-vendor',
  severity: 'worth a look',
  title: 'The brand of an order line was sent as its vendor',
  why: 'Halo attribution credits sales of the same vendor. If brands are not the vendors of this marketplace, it credits the wrong ones.',
  cure: 'Add vendorId to each product of the order. If brands are the vendors, nothing is wrong.',
  canBeTakenBack: true,
  groups: {
    vendor: ({ purchases, wins }, { mayHaveLost }) =>
      wins.length > 0 || mayHaveLost('win') ? [] : purchases.map((purchase) => toSighting(purchase))
  }
}
