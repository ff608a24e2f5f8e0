import { type Rule, RULES } from './rules'

/** A field of the destination's actions. */
export type Field = {
  /** Where its value is in the payload, without the indexes of lists: `items.quantity`. */
  payload: string
  /** Where its value is in an event that is sent. Default: the same place. Null if it is never sent. */
  sent?: string | null
  /** Why its value changes or is omitted. The first rule that applies is used, or else one of the object around it. */
  rules?: Rule[]
}

/**
 * The fields that are sent under another name or at another place, or whose values have RULES. A product of a list is an
 * event of its own: its fields are those of an event, unless they have their own line here.
 */
export const FIELDS: readonly Field[] = [
  // These fields control batches and the reading of prices.
  { payload: 'enable_batching', sent: null },
  { payload: 'batch_size', sent: null },
  { payload: 'currency', sent: null },

  { payload: 'id', rules: [RULES.eventId] },
  { payload: 'occurredAt', rules: [RULES.futureTime, RULES.time] },
  { payload: 'resolvedBidId', rules: [RULES.meaninglessId, RULES.bid] },
  { payload: 'productId', sent: 'entity.id', rules: [RULES.meaninglessId, RULES.entity] },
  { payload: 'entity', rules: [RULES.entity] },
  { payload: 'entity.id', rules: [RULES.meaninglessId] },
  { payload: 'additionalAttribution', rules: [RULES.attribution] },
  { payload: 'additionalAttribution.id', rules: [RULES.meaninglessId] },
  { payload: 'placement', rules: [RULES.placement] },
  { payload: 'placement.path', rules: [RULES.meaninglessId] },
  { payload: 'placement.productId', rules: [RULES.meaninglessId] },
  { payload: 'placement.position', rules: [RULES.count] },
  { payload: 'placement.page', rules: [RULES.count] },
  { payload: 'placement.pageSize', rules: [RULES.count] },
  { payload: 'placement.categoryIds', rules: [RULES.categories] },
  { payload: 'page', rules: [RULES.page] },
  { payload: 'page.pageId', rules: [RULES.meaninglessId] },
  { payload: 'page.type', rules: [RULES.pageType] },
  { payload: 'page.value', rules: [RULES.pageValue] },
  { payload: 'object', rules: [RULES.word] },
  { payload: 'object.assetId', rules: [RULES.meaninglessId] },
  { payload: 'object.clickType', rules: [RULES.clickType] },
  { payload: 'clickType', rules: [RULES.clickType] },
  { payload: 'channel', rules: [RULES.word] },
  { payload: 'deviceType', rules: [RULES.device] },
  { payload: 'externalCampaignId', rules: [RULES.meaninglessId] },
  { payload: 'externalVendorId', rules: [RULES.meaninglessId] },
  { payload: 'dspMetadata', sent: 'dsp_metadata', rules: [RULES.dspMetadata] },

  { payload: 'products', rules: [RULES.product] },
  { payload: 'products.position', sent: 'placement.position', rules: [RULES.count] },

  { payload: 'items', rules: [RULES.line] },
  { payload: 'items.vendorId', rules: [RULES.meaninglessId, RULES.vendor] },
  { payload: 'items.quantity', rules: [RULES.fraction, RULES.quantity] },
  { payload: 'items.unitPrice', rules: [RULES.priceBesideTotal, RULES.fraction, RULES.price] },
  // The total of a line is sent as the price of one item.
  { payload: 'items.lineTotal', sent: 'items.unitPrice', rules: [RULES.lineTotal] }
]

const BY_PAYLOAD = new Map(FIELDS.map((field) => [field.payload, field]))

/** Returns the rules of a field and then those of the objects around it. The keys are its place without indexes. */
export function rulesOf(keys: readonly string[]): Rule[] {
  const isOfProduct = keys[0] === 'products' && keys.length > 1
  const found: Rule[] = []
  for (let depth = keys.length; depth > (isOfProduct ? 1 : 0); depth -= 1) {
    const place = keys.slice(0, depth).join('.')
    const inEvent = isOfProduct ? keys.slice(1, depth).join('.') : place
    found.push(...((BY_PAYLOAD.get(place) ?? BY_PAYLOAD.get(inEvent))?.rules ?? []))
  }
  return found
}

/** The places of the fields of an object that have another name, or another place, in what is sent. */
export type SentNames = ReadonlyMap<string, readonly string[]>

/** Fields that are never sent. */
export const NEVER_SENT: ReadonlySet<string> = new Set(
  FIELDS.filter(({ sent }) => sent === null).map(({ payload }) => payload)
)

/** The other names of the fields of an event. */
export const EVENT_NAMES: SentNames = namesIn('', '')

/** The other names of the fields of a product of a list, which is sent as an event. */
export const PRODUCT_NAMES: SentNames = new Map([...EVENT_NAMES, ...namesIn('products.', '')])

/** The other names of the fields of a line of an order. */
export const LINE_NAMES: SentNames = namesIn('items.', 'items.')

/** Returns the other names of the fields whose place in the payload is the prefix and one name. */
function namesIn(prefix: string, sentPrefix: string): SentNames {
  const names = new Map<string, string[]>()
  for (const { payload, sent } of FIELDS) {
    const name = payload.slice(prefix.length)
    if (!sent || !payload.startsWith(prefix) || name.includes('.')) continue
    names.set(name, sent.slice(sentPrefix.length).split('.'))
  }
  return names
}
