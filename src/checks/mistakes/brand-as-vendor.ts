import { sight } from '../check'
import type { Check } from '../check'

/** A brand that went out as the vendor, unless an auction's winner has this vendor. */
export const brandAsVendor: Check = {
  code: 'brand-as-vendor',
  severity: 'worth a look',
  title: 'The brand of an order line was sent as its vendor',
  why: 'Halo attribution credits sales of the same vendor. If brands are not the vendors of this marketplace, it credits the wrong ones.',
  cure: 'Add vendorId to each product of the order. If brands are the vendors, nothing is wrong.',
  canBeTakenBack: true,
  groups: {
    vendor: ({ purchases, wins }, { mayLack }) =>
      wins.length > 0 || mayLack('win') ? [] : purchases.map((purchase) => sight(purchase))
  }
}
