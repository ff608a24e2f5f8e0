import { isObject } from '../../core'
import type { WholeCheck } from '../model'
import type { EventObservation } from '../observation'
import { readText } from '../properties'
import { type Cases, createCases, joinCases } from '../sketches/cases'
import { createHistogram } from '../sketches/histogram'
import { toOrderCase, type SentOrder } from '../orders/sent-orders'
import { joinSketches } from '../sketches/sketch'
import { createTopValues } from '../sketches/top-values'

/** A price this many times the median of the source is far outside. */
const FAR = 20

/** Fewer lines say too little about the usual prices. */
const MIN_LINES = 20

/** A price of nines is a test's only if one user has most of its orders. */
const MIN_OWN_ORDERS = 3
const MIN_OWN_SHARE = 0.8

/** How many sources and currencies, and how many prices and users of possible test orders, are kept. About 1 MB each. */
const MAX_SOURCES = 100
const MAX_CANDIDATES = 300

/** Possible test orders of one user at one price. */
type Candidate = { scope: string; price: number; isNamed: boolean; cases: Cases }

/** Orders that somebody placed to try the shop out. */
export const testOrders: WholeCheck<ReturnType<typeof start>> = {
  code: 'test-orders',
  severity: 'worth a look',
  costs: ['reported wrongly'],
  title: 'Test orders were reported',
  why: 'Topsort counts them as revenue. A few orders at a price such as 9,999 can be more than all others.',
  cure: 'Run tests against a source of their own that is not connected to Topsort, or drop them with a destination filter.',
  start,
  observe({ prices, candidates }, observation, { orders }) {
    for (const order of orders) {
      const scope = `${order.source}\n${order.currency}`
      const lines = order.lines.filter(({ unitPrice }) => unitPrice > 0)
      for (const { unitPrice } of lines) prices.add(scope).add(unitPrice)
      const price = Math.max(0, ...lines.map(({ unitPrice }) => unitPrice))
      const isNamed = isNamedTest(observation, order)
      if (!isNamed && !isNines(price)) continue
      const key = JSON.stringify([scope, price, isNamed, order.sample.user])
      candidates.add(key).add(toOrderCase(order))
    }
  },
  result({ prices, candidates }) {
    const usual = prices.list().filter(({ sketch }) => sketch.count() >= MIN_LINES)
    const medians = new Map(usual.map(({ value, sketch }) => [value, sketch.median()]))
    const far = candidates
      .list()
      .map(({ value, sketch }): Candidate => {
        const [scope, price, isNamed] = JSON.parse(value) as [string, number, boolean]
        return { scope, price, isNamed, cases: sketch }
      })
      .filter(({ scope, price }) => price > FAR * (medians.get(scope) ?? Infinity))
    const found = far.filter((candidate) => candidate.isNamed || isOfOneUser(candidate, far))
    if (found.length === 0) return undefined
    return joinCases(found.map(({ cases }) => cases)).figures('reported wrongly')
  }
}

function start() {
  return joinSketches({
    prices: createTopValues(MAX_SOURCES, createHistogram),
    candidates: createTopValues(MAX_CANDIDATES, createCases)
  })
}

function isOfOneUser({ scope, price, cases }: Candidate, all: readonly Candidate[]): boolean {
  const atPrice = all.filter((other) => other.scope === scope && other.price === price)
  const count = atPrice.reduce((sum, other) => sum + other.cases.count(), 0)
  return cases.count() >= MIN_OWN_ORDERS && cases.count() >= count * MIN_OWN_SHARE
}

/** A price that people type to try something: 9999, or 99999.99. */
function isNines(price: number): boolean {
  return /^9{4,}(\.9+)?$/.test(String(price))
}

/** A word at its own place in an id or an address. Random characters seldom have the marks around it. */
const TEST = /(^|[\s._+@:/-])(test|tests|testing|tester|testuser|qa|dummy)\d*($|[\s._+@:/-])/i

function isNamedTest({ event }: EventObservation, { sample, properties }: SentOrder): boolean {
  const traits = isObject(event.context) && isObject(event.context.traits) ? event.context.traits : {}
  const texts = [sample.user, sample.order, event.userId, properties.email, traits.email]
  return texts.some((text) => TEST.test(readText(text) ?? ''))
}
