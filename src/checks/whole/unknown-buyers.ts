import type { Money } from '../finding'
import type { WholeCheck, WholeResult, WholeWatch } from '../model'
import { addMoneys, createSums } from '../money'
import { sayCount, sayShare } from '../say'
import { keepValue, type KeptValue } from '../sketches/kept-value'
import { createTopValues } from '../sketches/top-values'

/** How many sources and platforms are told apart. An archive has a few. */
const MAX_SOURCES = 100

/** Fewer orders may be of strangers by chance. */
const ENOUGH = 15

/** Nearly no order of the source is of a user who clicked before, and most of the others are. */
const NEARLY_NONE = 0.05
const MOST = 0.5

/**
 * The orders of one source are of users who never clicked, and the orders of the other sources are not. If all orders of a
 * shop are so, `nothing-credited` says it.
 */
export const unknownBuyers: WholeCheck = {
  code: 'unknown-buyers',
  severity: 'worth a look',
  costs: ['uncredited'],
  title: 'The orders of one source are of users who never clicked',
  why: 'Topsort credits an order to an earlier click with the same opaqueUserId. A source that knows another id, such as the account or a hash of the email address, can credit nothing.',
  cure: 'Send the anonymous id of the visitor with these orders: pass it on to the server with the order. If the source reports orders by phone or from stores, nothing is wrong.',
  start
}

/** The orders of a source that Topsort accepted. */
type Orders = {
  orders: number
  /** Those of users who clicked before. */
  ofClickers: number
  first: number
  last: number
  revenue: Money[]
  messageId: string
  user: string
}

function createOrders(): KeptValue<Orders> {
  const none = { orders: 0, ofClickers: 0, first: 0, last: 0, revenue: [], messageId: '', user: '' }
  return keepValue<Orders>(none, join)
}

function start(): WholeWatch {
  const sources = createTopValues(MAX_SOURCES, createOrders)
  return {
    observe(_, { source, orders }) {
      for (const { sample, source: name, time, user, revenue, hasEarlierClick } of orders) {
        const one = { orders: 1, ofClickers: hasEarlierClick ? 1 : 0, first: time, last: time, revenue: [revenue] }
        join(sources.add(JSON.stringify([name, source.platform])).value, { ...one, messageId: sample.messageId, user })
      }
    },
    result: () => toResult(sources.list().map(({ value, sketch }) => ({ key: value, ...sketch.value }))),
    save: sources.save,
    merge: sources.merge
  }
}

function join(one: Orders, other: Orders): void {
  const isFirst = one.orders === 0
  if (isFirst || other.last > one.last || (other.last === one.last && other.messageId > one.messageId)) {
    one.messageId = other.messageId
    one.user = other.user
  }
  one.first = isFirst ? other.first : Math.min(one.first, other.first)
  one.last = isFirst ? other.last : Math.max(one.last, other.last)
  one.orders += other.orders
  one.ofClickers += other.ofClickers
  one.revenue = addMoneys(one.revenue, other.revenue)
}

type Counted = Orders & { key: string }

function toResult(sources: readonly Counted[]): WholeResult | undefined {
  const unknown = sources.filter(({ orders, ofClickers }) => orders >= ENOUGH && ofClickers <= orders * NEARLY_NONE)
  const others = sources.filter((each) => !unknown.includes(each))
  const [all, ofClickers] = [sum(others, 'orders'), sum(others, 'ofClickers')]
  if (unknown.length === 0 || all < ENOUGH || ofClickers < all * MOST) return undefined
  const [{ key, orders, ofClickers: known }] = unknown
  const [source, platform] = JSON.parse(key) as [string, string]
  const which = `${sayCount(orders, 'order')} of source ${source || platform}${source === '' ? '' : ` (${platform})`}`
  return {
    count: sum(unknown, 'orders') - sum(unknown, 'ofClickers'),
    first: Math.min(...unknown.map((each) => each.first)),
    last: Math.max(...unknown.map((each) => each.last)),
    costs: createSums(unknown.flatMap(({ revenue }) => revenue)).costs('uncredited'),
    samples: unknown.map(({ messageId, user }) => ({ messageId, user })),
    sentence: `${known === 0 ? 'None' : known} of ${which} ${known < 2 ? 'is' : 'are'} of a user who clicked before. Of the other orders, ${sayShare(ofClickers / all)} are.`
  }
}

function sum(sources: readonly Counted[], key: 'orders' | 'ofClickers'): number {
  return sources.reduce((total, each) => total + each[key], 0)
}
