import { hashId, isObject } from '../../core'
import type { WholeCheck } from '../model'
import type { EventObservation } from '../observation'
import { readText } from '../properties'
import { createCases, joinCases } from '../sketches/cases'
import { toOrderCase, type SentOrder } from '../orders/sent-orders'
import { joinSketches, keepValue } from '../sketches/sketch'
import { createTopValues, type TopValues } from '../sketches/top-values'

/** How many users are kept: up to 10 MB. A user with more than one of 2,000 orders is never missed. */
const MAX_USERS = 2_000

const MIN_ORDERS = 10

/** The orders of one user, compared with the median of the kept users. */
const FAR = 10

/** With fewer other users, one user with most orders may be somebody who tries the shop out. */
const MIN_OTHERS = 20

/** A person has a few devices, and new ids when cookies expire. */
const MIN_BROWSERS = 5
const MIN_VISITORS = 10
const MIN_EMAILS = 5

/** More than these numbers need not be told apart. */
const LIMIT = 16

/** Many people order under one `opaqueUserId`, such as a constant for guests. */
export const sharedUserId: WholeCheck<TopValues<User>> = {
  code: 'shared-user-id',
  severity: 'worth a look',
  costs: ['reported wrongly'],
  title: 'One user id has the orders of many people',
  why: 'Topsort credits an order to an earlier click with the same opaqueUserId. If many people share one, it credits the orders of all to the clicks of others.',
  cure: 'Send the anonymous id of each visitor, also for guests and in orders from the server. If the id is that of a call center, nothing is wrong.',
  start: () => createTopValues(MAX_USERS, createUser),
  observe(users, { event }, { orders }) {
    for (const order of orders) addOrder(users.add(order.sample.user ?? ''), event, order)
  },
  result(users) {
    const all = users.list().map(({ sketch }) => sketch)
    const counts = all.map(({ cases }) => cases.count()).sort((one, other) => one - other)
    if (all.length <= MIN_OTHERS) return undefined
    const least = Math.max(MIN_ORDERS, FAR * counts[Math.floor(counts.length / 2)])
    const found = all.filter((user) => user.cases.count() >= least && isOfMany(user))
    if (found.length === 0) return undefined
    return joinCases(found.map(({ cases }) => cases)).figures('reported wrongly')
  }
}

type User = ReturnType<typeof createUser>

/** The orders of one user, and who sent them: the smallest hashes of texts. An `IdSample` takes more memory. */
function createUser() {
  const hashes = keepValue(
    { browsers: '', visitors: '', addresses: '', emails: '' },
    { browsers: joinHashes, visitors: joinHashes, addresses: joinHashes, emails: joinHashes }
  )
  return joinSketches({ cases: createCases(), hashes })
}

function addOrder(
  { cases, hashes: { value: hashes } }: User,
  event: EventObservation['event'],
  order: SentOrder
): void {
  cases.add(toOrderCase(order))
  const context = isObject(event.context) ? event.context : {}
  const traits = isObject(context.traits) ? context.traits : {}
  const email = readText(order.properties.email) ?? readText(traits.email)
  // A browser gets a new version each month.
  hashes.browsers = addText(hashes.browsers, readText(context.userAgent)?.replace(/[\d._]+/g, ''))
  hashes.visitors = addText(hashes.visitors, readText(event.anonymousId))
  hashes.addresses = addText(hashes.addresses, readText(context.ip))
  hashes.emails = addText(hashes.emails, email?.toLowerCase())
}

/** Returns whether the orders come from more people than one. */
function isOfMany({ hashes: { value } }: User): boolean {
  const browsers = listHashes(value.browsers).length
  const most = Math.max(listHashes(value.visitors).length, listHashes(value.addresses).length)
  return listHashes(value.emails).length >= MIN_EMAILS || (browsers >= MIN_BROWSERS && most >= MIN_VISITORS)
}

function addText(hashes: string, text: string | undefined): string {
  if (text === undefined) return hashes
  const hash = hashId(text).low.toString(36).padStart(7, '0')
  return hashes.includes(hash) ? hashes : joinHashes(hashes, hash)
}

/** Keeps the smallest hashes, so that the parts of an archive may merge in any order. */
function joinHashes(one: string, other: string): string {
  const all = new Set([...listHashes(one), ...listHashes(other)])
  return [...all].sort().slice(0, LIMIT).join(' ')
}

function listHashes(hashes: string): string[] {
  return hashes === '' ? [] : hashes.split(' ')
}
