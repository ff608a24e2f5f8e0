import { hashId, isObject } from '../../core'
import type { WholeCheck, WholeResult } from '../model'
import type { EventObservation } from '../observation'
import { readText } from '../properties'
import { createCases, summarizeCases, type Cases } from '../sketches/cases'
import { toOrderCase, type SentOrder } from '../orders/sent-orders'
import type { Sketch } from '../sketches/sketch'
import { createTopValues } from '../sketches/top-values'

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
export const sharedUserId: WholeCheck = {
  code: 'shared-user-id',
  severity: 'worth a look',
  costs: ['reported wrongly'],
  title: 'One user id has the orders of many people',
  why: 'Topsort credits an order to an earlier click with the same opaqueUserId. If many people share one, it credits the orders of all to the clicks of others.',
  cure: 'Send the anonymous id of each visitor, also for guests and in orders from the server. If the id is that of a call center, nothing is wrong.',
  start() {
    const users = createTopValues(MAX_USERS, createUser)
    return {
      observe(observation, { orders }) {
        for (const order of orders) users.add(order.sample.user ?? '').add(observation, order)
      },
      result() {
        const all = users.list().map(({ value, sketch }) => ({ user: value, ...sketch }))
        const counts = all.map(({ cases }) => cases.count()).sort((one, other) => one - other)
        if (all.length <= MIN_OTHERS) return undefined
        const least = Math.max(MIN_ORDERS, FAR * counts[Math.floor(counts.length / 2)])
        return toResult(all.filter(({ cases, isOfMany }) => cases.count() >= least && isOfMany()))
      },
      save: users.save,
      merge: users.merge
    }
  }
}

/** The orders of one user, and who sent them. */
type User = Sketch & {
  cases: Cases
  add: (observation: EventObservation, order: SentOrder) => void
  /** Returns whether the orders come from more people than one. */
  isOfMany: () => boolean
}

function createUser(): User {
  const cases = createCases()
  const browsers: number[] = []
  const visitors: number[] = []
  const addresses: number[] = []
  const emails: number[] = []
  const all = [browsers, visitors, addresses, emails]

  return {
    cases,
    add({ event }, order) {
      cases.add(toOrderCase(order))
      const context = isObject(event.context) ? event.context : {}
      const traits = isObject(context.traits) ? context.traits : {}
      // A browser gets a new version each month.
      addText(browsers, readText(context.userAgent)?.replace(/[\d._]+/g, ''))
      addText(visitors, readText(event.anonymousId))
      addText(addresses, readText(context.ip))
      addText(emails, (readText(order.properties.email) ?? readText(traits.email))?.toLowerCase())
    },
    isOfMany: () =>
      emails.length >= MIN_EMAILS ||
      (browsers.length >= MIN_BROWSERS && (visitors.length >= MIN_VISITORS || addresses.length >= MIN_VISITORS)),
    save: () => [cases.save(), ...all.map((hashes) => hashes.map((hash) => hash.toString(36)).join(' '))],
    merge(saved) {
      const [ofCases, ...others] = saved as unknown[]
      cases.merge(ofCases)
      others.forEach((texts, index) => {
        for (const text of String(texts).split(' ')) if (text !== '') addHash(all[index], parseInt(text, 36))
      })
    }
  }
}

function addText(hashes: number[], text: string | undefined): void {
  if (text !== undefined) addHash(hashes, hashId(text).low)
}

/** Keeps the smallest hashes, so that the parts of an archive may merge in any order. An `IdSample` takes more memory. */
function addHash(hashes: number[], hash: number): void {
  if (hashes.includes(hash)) return
  hashes.push(hash)
  hashes.sort((one, other) => one - other)
  if (hashes.length > LIMIT) hashes.pop()
}

function toResult(found: readonly { user: string; cases: Cases }[]): WholeResult | undefined {
  if (found.length === 0) return undefined
  return summarizeCases(
    found.map(({ cases }) => cases),
    'reported wrongly'
  )
}
