import type { ActionDefinition, InputField } from '@segment/actions-core'
import { type Difference, findDifferences, findSentPlace } from '../pipeline'
import type { ExplainedDifference } from './api'

/** The fields of an action, by their keys. */
export type Fields = ActionDefinition<unknown>['fields']

/** Explains why a value was changed or omitted, in a sentence or two. */
type Rule = {
  /** The places that share the rule, without the indexes of lists and without `products.`: `items.quantity`. */
  paths: string[]
  /** Returns whether the rule applies to the difference. Default: always. */
  applies?: (difference: Difference, payload: unknown) => boolean
  changed?: string
  omitted?: string
}

/** Texts that JavaScript and other languages write for a missing value or an object. */
const MEANINGLESS = /^(undefined|null|nan|\[object object\])$/i

/** Optional values that identify something. A text such as `undefined` is omitted there. */
const ID_PATHS = [
  'resolvedBidId',
  'productId',
  'entity.id',
  'additionalAttribution.id',
  'placement.path',
  'placement.productId',
  'page.pageId',
  'object.assetId',
  'externalCampaignId',
  'externalVendorId',
  'items.vendorId'
]

/** The first rule that fits is used. */
const RULES: Rule[] = [
  {
    paths: ['occurredAt'],
    applies: ({ from }) => toTime(from) > Date.now(),
    changed: 'A time in the future becomes the time of the try, because Topsort rejects the whole request otherwise.'
  },
  {
    paths: ['occurredAt'],
    changed: 'Topsort needs RFC 3339 in UTC, so the same time is written in this form.'
  },
  {
    paths: ID_PATHS,
    applies: ({ from }) => typeof from === 'string' && MEANINGLESS.test(from.trim()),
    omitted: 'This text stands for a missing value, so it is read as missing.'
  },
  {
    paths: ['resolvedBidId'],
    omitted: 'This value means that there is no ad, so the event is organic.'
  },
  {
    paths: ['productId', 'entity', 'entity.id', 'entity.type'],
    changed: 'The entity of the event is used instead of its product.',
    omitted: 'Topsort takes an entity with an id whose type is product or vendor. One without them is omitted.'
  },
  {
    paths: ['additionalAttribution', 'additionalAttribution.id', 'additionalAttribution.type'],
    changed: 'The type is written in lower case, as Topsort needs it.',
    omitted:
      'Topsort reads an additional attribution only beside a resolvedBidId, and only with an id and the type product or vendor. Otherwise it is omitted. The message of the event says if its type is unknown.'
  },
  {
    paths: ['placement.position', 'placement.page', 'placement.pageSize', 'position'],
    changed: 'Topsort counts from 1 in whole numbers, so the text is written as a number.',
    omitted:
      'Topsort takes only whole numbers from 1 here. The value is optional, so it is omitted instead of failing the event.'
  },
  {
    paths: ['placement.categoryIds'],
    changed: 'Topsort needs a list of category ids, without empty ones.',
    omitted: 'There is no category id in it, so it is omitted.'
  },
  {
    paths: ['placement', 'placement.path', 'placement.productId', 'placement.searchQuery'],
    omitted:
      'Topsort takes a placement only with the path of the page. Without a path, all of the placement is omitted.'
  },
  {
    paths: ['page.type'],
    changed:
      "The type of the page is written as one of Topsort's: home, category, PDP, search or cart. Any other type is other.",
    omitted: 'Topsort takes a page only with an id. Without one, all of the page is omitted.'
  },
  {
    paths: ['page.value'],
    changed: 'Only a cart has a list of values.',
    omitted: 'Topsort takes several values for a cart only, and a page only with an id. Otherwise the value is omitted.'
  },
  {
    paths: ['page', 'page.pageId'],
    omitted: 'Topsort takes a page only with an id. Without one, all of the page is omitted.'
  },
  {
    paths: ['object.clickType', 'clickType'],
    changed: 'The click type is written as Topsort spells it, in lower case and with hyphens.',
    omitted:
      'Topsort takes the click types product, like and add-to-cart. The event is sent without any other, and its message says so.'
  },
  {
    paths: ['object', 'object.type', 'object.assetId', 'channel'],
    changed: 'The word is written as Topsort spells it, in lower case and with hyphens.',
    omitted: 'Topsort takes only a few words here. The event is sent without another word.'
  },
  {
    paths: ['deviceType'],
    changed: 'Topsort knows desktop and mobile. Names of systems and user agents are written as one of the two.',
    omitted: 'It is not clear whether this is desktop or mobile, so it is omitted.'
  },
  {
    paths: ['items'],
    omitted:
      'This line of the order is omitted. Topsort needs a product id, a quantity above 0 and a price above 0 in each line. The message of the event says which is missing.'
  },
  { paths: ['items.lineTotal'], changed: 'The unit price is the total of the line divided by the quantity.' },
  {
    paths: ['items.unitPrice'],
    applies: ({ path }, payload) => hasLineTotal(payload, path),
    changed:
      'The line has a total, which wins over its unit price. The unit price is the total divided by the quantity.'
  },
  { paths: ['items.vendorId'], omitted: 'This value cannot be the id of a vendor. It is optional, so it is omitted.' },
  {
    paths: ['items.quantity', 'items.unitPrice'],
    applies: ({ from, to }) => typeof to === 'number' && Number(from) !== to && isFraction(from, to),
    changed:
      'Topsort counts whole items. A fractional quantity becomes one item at the total price, so that the revenue stays correct.'
  },
  {
    paths: ['items.unitPrice'],
    changed: 'A price written as text becomes that number. The currency of the order decides between two readings.',
    omitted: 'The price is omitted, because it is not a number that can be read in only one way.'
  },
  { paths: ['items.quantity'], changed: 'A quantity written as text becomes that number.' },
  { paths: ['currency'], omitted: 'The currency decides how prices are read. It is not sent to Topsort.' },
  {
    paths: ['products'],
    omitted: 'This product of the list is omitted, because it has neither a bid nor a product id.'
  },
  {
    paths: ['dspMetadata'],
    changed: 'Topsort takes text only. Values of other types are written as JSON.',
    omitted: 'An empty value is omitted.'
  },
  { paths: ['id'], changed: 'Events made from one Segment event have its id with the index in the list.' }
]

const CHANGED = 'The destination writes this value as Topsort needs it.'
const OMITTED =
  'Topsort has no place for this value, or would reject it. It is optional, so the event is sent without it.'
const TRIMMED = 'Spaces at the ends are removed.'

/** Finds the differences, and adds to each one the field of the action that it is about, and the rule that applied. */
export function explainDifferences(payload: unknown, sent: unknown, fields: Fields = {}): ExplainedDifference[] {
  return findDifferences(payload, sent).map((difference) => {
    const { path } = difference
    const keys = path.replace(/\[\d+\]/g, '').split('.')
    return {
      ...difference,
      ...('to' in difference && { sentPlace: findSentPlace(path, payload, sent) }),
      ...describe(keys, fields),
      rule: ruleOf(difference, keys, payload)
    }
  })
}

/** Describes the innermost field on the path. Objects may have keys that are not fields. */
function describe([first, ...rest]: string[], fields: Fields): { label: string; description: string } {
  const top = Object.hasOwn(fields, first) ? fields[first] : undefined
  if (!top) return { label: first, description: '' }
  let found: Pick<InputField, 'label' | 'properties'> & { description?: string } = top
  for (const key of rest) {
    const inner = found.properties && Object.hasOwn(found.properties, key) ? found.properties[key] : undefined
    if (!inner) break
    found = inner
  }
  const label = found === top ? top.label : `${top.label}: ${found.label}`
  return { label, description: found.description ?? '' }
}

function ruleOf(difference: Difference, keys: string[], payload: unknown): string {
  const { from } = difference
  const isOmitted = !('to' in difference)
  if (!isOmitted && typeof from === 'string' && from !== difference.to && from.trim() === difference.to) return TRIMMED
  // A product of a list has the fields of an impression.
  const own = keys[0] === 'products' && keys.length > 1 ? keys.slice(1) : keys
  for (let depth = own.length; depth > 0; depth -= 1) {
    const path = own.slice(0, depth).join('.')
    const rule = RULES.find(
      ({ paths, applies = () => true, changed, omitted }) =>
        paths.includes(path) && (isOmitted ? omitted : changed) !== undefined && applies(difference, payload)
    )
    if (rule) return (isOmitted ? rule.omitted : rule.changed) ?? ''
  }
  return isOmitted ? OMITTED : CHANGED
}

/** Returns whether the line of an order that a path is in has a total: `items[1].unitPrice`. */
function hasLineTotal(payload: unknown, path: string): boolean {
  const { items } = Object(payload) as { items?: { lineTotal?: unknown }[] }
  const { lineTotal } = items?.[Number(/\[(\d+)\]/.exec(path)?.[1])] ?? {}
  return typeof lineTotal === 'string' && lineTotal.trim() !== ''
}

function toTime(value: unknown): number {
  return typeof value === 'string' || typeof value === 'number' ? new Date(value).getTime() : NaN
}

/** Returns whether a number was multiplied or is not whole, so that more than its notation changed. */
function isFraction(from: unknown, to: number): boolean {
  const number = Number(from)
  return !Number.isNaN(number) && (to === 1 ? !Number.isInteger(number) : number !== to)
}
