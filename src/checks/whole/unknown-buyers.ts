import type { WholeCheck, WholeResult } from '../model'
import { toOrderCase } from '../orders/sent-orders'
import { sayCount, sayShare } from '../say'
import { createCases, joinCases } from '../sketches/cases'
import { joinSketches, keepValue } from '../sketches/sketch'
import { createTopValues, type TopValue, type TopValues } from '../sketches/top-values'

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
export const unknownBuyers: WholeCheck<TopValues<Orders>> = {
  code: 'unknown-buyers',
  severity: 'worth a look',
  costs: ['uncredited'],
  title: 'The orders of one source are of users who never clicked',
  why: 'Topsort credits an order to an earlier click with the same opaqueUserId. A source that knows another id, such as the account or a hash of the email address, can credit nothing.',
  cure: 'Send the anonymous id of the visitor with these orders: pass it on to the server with the order. If the source reports orders by phone or from stores, nothing is wrong.',
  start: () => createTopValues(MAX_SOURCES, createOrders),
  observe(sources, _, { source, orders }) {
    for (const order of orders) {
      const { cases, clickers } = sources.add(JSON.stringify([order.source, source.platform]))
      cases.add(toOrderCase(order))
      if (order.hasEarlierClick) clickers.value.orders += 1
    }
  },
  result: (sources) => toResult(sources.list())
}

type Orders = ReturnType<typeof createOrders>

/** The orders of a source that Topsort accepted, and how many are of users who clicked before. */
function createOrders() {
  return joinSketches({ cases: createCases(), clickers: keepValue({ orders: 0 }) })
}

type Counted = TopValue<Orders>

function toResult(sources: readonly Counted[]): WholeResult | undefined {
  const unknown = sources.filter((each) => {
    const { all, ofClickers } = countOf([each])
    return all >= ENOUGH && ofClickers <= all * NEARLY_NONE
  })
  const others = countOf(sources.filter((each) => !unknown.includes(each)))
  if (unknown.length === 0 || others.all < ENOUGH || others.ofClickers < others.all * MOST) return undefined
  const [worst] = unknown
  const { all, ofClickers: known } = countOf([worst])
  const [source, platform] = JSON.parse(worst.value) as [string, string]
  const which = `${sayCount(all, 'order')} of source ${source || platform}${source === '' ? '' : ` (${platform})`}`
  const found = countOf(unknown)
  return {
    ...joinCases(unknown.map(({ sketch }) => sketch.cases)).figures('uncredited'),
    count: found.all - found.ofClickers,
    samples: unknown.flatMap(({ sketch }) => {
      return sketch.cases
        .newest()
        .slice(-1)
        .map(({ sample: { messageId, user } }) => ({ messageId, user }))
    }),
    sentence: `${known === 0 ? 'None' : known} of ${which} ${known < 2 ? 'is' : 'are'} of a user who clicked before. Of the other orders, ${sayShare(others.ofClickers / others.all)} are.`
  }
}

function countOf(sources: readonly Counted[]): { all: number; ofClickers: number } {
  return {
    all: sources.reduce((sum, { sketch }) => sum + sketch.cases.count(), 0),
    ofClickers: sources.reduce((sum, { sketch }) => sum + sketch.clickers.value.orders, 0)
  }
}
