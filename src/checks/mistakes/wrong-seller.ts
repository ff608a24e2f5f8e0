import { listOrders } from '../history'
import type { Check, GroupFacts, Interaction, JudgeContext, Purchase, Win } from '../model'
import { roundAmount } from '../money'
import { toSighting } from '../sighting'
import { isBefore } from '../times'

/** A user clicked on the ad of one vendor, and ordered the same product from another vendor. */
export const wrongSeller: Check = {
  code: 'wrong-seller',
  severity: 'worth a look',
  costs: 'uncredited',
  title: 'A product was ordered from another vendor than the one of the clicked ad',
  why: "Topsort credits a line to an ad only if the line is of the ad's vendor.",
  cure: "Send the vendorId of the seller with each line, as in the catalog. If the user chose another seller on the product's page, nothing is wrong. Then let the ad lead to the offer of its own vendor.",
  canBeTakenBack: true,
  needsAuctions: true,
  groups: { person: judge }
}

type Clicked = Interaction & { win: Win & { vendorId: string } }

function judge(group: GroupFacts<'person'>, { windows }: JudgeContext) {
  const ads = group.clicks.filter(isOfVendor)
  if (ads.length === 0) return []
  return listOrders(group).flatMap((purchase) => {
    const recent = ads.filter((click) => isBefore(click, purchase) && purchase.time - click.time <= windows.of(click))
    const lines = findLines(purchase, recent)
    const ad = recent.find(({ win }) => win.product === lines.at(0)?.product)
    if (!ad) return []
    const amount = lines.reduce((sum, line) => roundAmount(sum + line.amount), 0)
    const sighting = toSighting(purchase, { product: ad.win.product, bid: ad.bid, otherMessageId: ad.messageId })
    return [{ ...sighting, revenue: { amount, currency: purchase.revenue.currency } }]
  })
}

function isOfVendor(click: Interaction): click is Clicked {
  return click.win?.type === 'product' && Boolean(click.win.vendorId)
}

/**
 * Returns the lines of products whose ads were clicked, if none of the ads is of a vendor that sold the product in this
 * order. Another check has brands that were sent as vendors.
 */
function findLines({ products, vendors, amounts, brands }: Purchase, ads: readonly Clicked[]) {
  const lines = products.map((product, index) => ({ product, vendor: vendors[index], amount: amounts[index] }))
  return lines.filter(({ product, vendor }) => {
    const ofProduct = ads.filter(({ win }) => win.product === product)
    const sellers = lines.filter((line) => line.product === product).map((line) => line.vendor)
    const isCredited = ofProduct.some(({ win }) => sellers.includes(win.vendorId))
    return ofProduct.length > 0 && !isCredited && vendor !== '' && !brands.includes(vendor)
  })
}
