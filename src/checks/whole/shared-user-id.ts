import { isObject } from '../../core'
import type { WholeCheck, WholeResult } from '../model'
import type { EventObservation } from '../observation'
import { readText } from '../properties'
import { createCases, summarizeCases, type Cases } from '../sketches/cases'
import { createIdSample, type IdSample } from '../sketches/id-sample'
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
  const browsers = createIdSample(LIMIT)
  const visitors = createIdSample(LIMIT)
  const addresses = createIdSample(LIMIT)
  const emails = createIdSample(LIMIT)
  const all = [cases, browsers, visitors, addresses, emails]

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
      emails.list().length >= MIN_EMAILS ||
      (browsers.list().length >= MIN_BROWSERS &&
        (visitors.list().length >= MIN_VISITORS || addresses.list().length >= MIN_VISITORS)),
    save: () => all.map((sketch) => sketch.save()),
    merge(saved) {
      all.forEach((sketch, index) => {
        sketch.merge((saved as unknown[])[index])
      })
    }
  }
}

function addText(sample: IdSample, text: string | undefined): void {
  if (text !== undefined) sample.add(text)
}

function toResult(found: readonly { user: string; cases: Cases }[]): WholeResult | undefined {
  if (found.length === 0) return undefined
  return summarizeCases(
    found.map(({ cases }) => cases),
    'reported wrongly'
  )
}
