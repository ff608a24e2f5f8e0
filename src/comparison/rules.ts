import { toUtc } from '../core'
import type { Difference } from './differences'

/** Explains why a value was changed or omitted, in a sentence or two. */
export type Rule = {
  /** Returns whether the rule applies to the difference. Default: always. */
  applies?: (difference: Difference, payload: unknown) => boolean
  changed?: string
  omitted?: string
}

/** Texts that JavaScript and other languages write for a missing value or an object. */
const MEANINGLESS = /^(undefined|null|nan|\[object object\])$/i

/** All rules. `fields.ts` has the rules of each field. */
export const RULES = {
  /** For optional values that identify something. */
  meaninglessId: {
    applies: ({ from }) => typeof from === 'string' && MEANINGLESS.test(from.trim()),
    omitted: 'This text stands for a missing value, so it is read as missing.'
  },
  futureTime: {
    // Not compared with the current time, because the event may have been sent long ago. Fractions of a millisecond are lost.
    applies: ({ from, to }) => toUtc(from) - toUtc(to) >= 1,
    changed:
      'A time in the future becomes the time of the attempt, because Topsort rejects the whole request otherwise.'
  },
  time: {
    changed: 'Topsort needs RFC 3339 in UTC, so the same time is written in this form.'
  },
  eventId: {
    changed: 'Events made from one Segment event have its id with the index in the list.'
  },
  bid: {
    omitted: 'This value means that there is no ad, so the event is organic.'
  },
  entity: {
    changed: 'The entity of the event is used instead of its product.',
    omitted: 'Topsort takes an entity with an id whose type is product or vendor. One without them is omitted.'
  },
  attribution: {
    changed: 'The type is written in lower case, as Topsort needs it.',
    omitted:
      'Topsort reads an additional attribution only beside a resolvedBidId, and only with an id and the type product or vendor. Otherwise it is omitted. The message of the event says if its type is unknown.'
  },
  count: {
    changed: 'Topsort counts from 1 in whole numbers, so the text is written as a number.',
    omitted:
      'Topsort takes only whole numbers from 1 here. The value is optional, so it is omitted instead of failing the event.'
  },
  categories: {
    changed: 'Topsort needs a list of category ids, without empty ones.',
    omitted: 'There is no category id in it, so it is omitted.'
  },
  placement: {
    omitted:
      'Topsort takes a placement only with the path of the page. Without a path, all of the placement is omitted.'
  },
  pageType: {
    changed:
      "The type of the page is written as one of Topsort's: home, category, PDP, search or cart. Any other type is other.",
    omitted: 'Topsort takes a page only with an id. Without one, all of the page is omitted.'
  },
  pageValue: {
    changed: 'Only a cart has a list of values.',
    omitted: 'Topsort takes several values for a cart only, and a page only with an id. Otherwise the value is omitted.'
  },
  page: {
    omitted: 'Topsort takes a page only with an id. Without one, all of the page is omitted.'
  },
  clickType: {
    changed: 'The click type is written as Topsort spells it, in lower case and with hyphens.',
    omitted:
      'Topsort takes the click types product, like and add-to-cart. The event is sent without any other, and its message says so.'
  },
  word: {
    changed: 'The word is written as Topsort spells it, in lower case and with hyphens.',
    omitted: 'Topsort takes only a few words here. The event is sent without another word.'
  },
  device: {
    changed: 'Topsort knows desktop and mobile. Names of systems and user agents are written as one of the two.',
    omitted: 'It is not clear whether this is desktop or mobile, so it is omitted.'
  },
  dspMetadata: {
    changed: 'Topsort takes text only. Values of other types are written as JSON.',
    omitted: 'An empty value is omitted.'
  },
  product: {
    omitted: 'This product of the list is omitted, because it has neither a bid nor a product id.'
  },
  line: {
    omitted:
      'This line of the order is omitted. Topsort needs a product id, a quantity above 0 and a price above 0 in each line. The message of the event says which is missing.'
  },
  lineTotal: {
    changed: 'The unit price is the total of the line divided by the quantity.'
  },
  priceBesideTotal: {
    applies: ({ path }, payload) => hasLineTotal(payload, path),
    changed:
      'The line has a total, which wins over its unit price. The unit price is the total divided by the quantity.'
  },
  vendor: {
    omitted: 'This value cannot be the id of a vendor. It is optional, so it is omitted.'
  },
  fraction: {
    applies: ({ from, to }) => typeof to === 'number' && Number(from) !== to && isFraction(from, to),
    changed:
      'Topsort counts whole items. A fractional quantity becomes one item at the total price, so that the revenue stays correct.'
  },
  price: {
    changed: 'A price written as text becomes that number. The currency of the order decides between two readings.',
    omitted: 'The price is omitted, because it is not a number that can be read in only one way.'
  },
  quantity: {
    changed: 'A quantity written as text becomes that number.'
  }
} satisfies Record<string, Rule>

/** Returns whether the line of an order that a path is in has a total: `items[1].unitPrice`. */
function hasLineTotal(payload: unknown, path: string): boolean {
  const { items } = Object(payload) as { items?: { lineTotal?: unknown }[] }
  const { lineTotal: total } = items?.[Number(/\[(\d+)\]/.exec(path)?.[1])] ?? {}
  return typeof total === 'string' && total.trim() !== ''
}

/** Returns whether a number was multiplied or is not whole, so that more than its notation changed. */
function isFraction(from: unknown, to: number): boolean {
  const number = Number(from)
  return !Number.isNaN(number) && (to === 1 ? !Number.isInteger(number) : number !== to)
}
