import { MINUTE } from '../../core'
import type { WholeCheck, WholeResult } from '../model'
import { createSums, toRevenue } from '../money'
import type { CallFacts } from '../call'
import { readDevice } from '../source'
import type { EventObservation, MappingDelivery } from '../observation'
import { readText, shortenId } from '../properties'
import { sayShare } from '../say'
import { createCases } from '../sketches/cases'
import { createKeySample, type KeySample } from '../sketches/key-sample'
import { createDeviceUsers, type DeviceUser, type DeviceUsers } from './device-users'

/** How many devices are watched. About 3 MB. */
const MAX_DEVICES = 2_000

/** Two calls of one visit are seldom further apart than this. Milliseconds. */
const LONGEST_PAUSE = 5 * MINUTE

/** With fewer devices or orders, it may be people who share a device. */
const ENOUGH_DEVICES = 20
const ENOUGH_ORDERS = 10

/** Some devices are shared, and some people delete their cookies. Few of them order in this moment. */
const LARGE = 0.25
const LARGE_OF_ORDERS = 0.15

/** If users also come while another one is there, an address stands for several people. */
const SHARED = 0.25

/** Visitors get another `opaqueUserId` in the middle of a visit, so that their orders are not credited to their clicks. */
export const resettingUserId: WholeCheck<KeySample<DeviceUsers>> = {
  code: 'resetting-user-id',
  severity: 'loses money',
  costs: ['uncredited'],
  title: 'Visitors get a new user id in the middle of a visit',
  why: 'Topsort credits an order to an earlier click with the same opaqueUserId. If the id is new on each page, or new in the checkout, the order cannot be credited.',
  cure: "Keep the anonymous id for the whole visit and for the next ones. Look for a page that calls analytics.reset(), for a checkout on another domain, and for cookies that the browser refuses. To another domain, pass the id on in the query parameter ajs_aid, which Segment's library reads.",
  start: () => createKeySample(MAX_DEVICES, createDeviceUsers),
  observe(devices, observation, facts) {
    const device = readDevice(observation.event)
    const users = device === undefined ? undefined : devices.find(device)
    if (users) addCall(users, observation, facts)
  },
  result(devices) {
    const all = devices.list().map(([, users]) => users)
    return toResult(all, devices.share())
  }
}

function addCall(users: DeviceUsers, { event, deliveries }: EventObservation, facts: CallFacts): void {
  const { time, clicks, orders } = facts
  const sent = deliveries.map(readSentUser).find((user) => user !== undefined) ?? ''
  const id = readText(event.anonymousId) ?? sent
  if (id === '') return
  const call = {
    id: shortenId(id),
    sent: shortenId(sent),
    account: shortenId(readText(event.userId) ?? ''),
    messageId: shortenId(event.messageId),
    orders: orders.length,
    clicked: clicks.flatMap(({ hasBid, product }) => (hasBid && product !== undefined ? [product] : [])),
    lines: orders.flatMap(({ lines, properties }) =>
      lines.map((line) => ({ product: line.productId, revenue: toRevenue([line], properties) }))
    )
  }
  users.add(call, time)
}

function readSentUser({ ok, sent }: MappingDelivery): string | undefined {
  if (!ok || !sent) return undefined
  const { impressions = [], clicks = [], purchases = [] } = sent
  return (impressions.at(0) ?? clicks.at(0) ?? purchases.at(0))?.opaqueUserId
}

/** A user that goes on with the visit of another one. */
type Reset = {
  user: DeviceUser
  previous: DeviceUser
  /** The products whose ads were clicked before. */
  clickedBefore: string[]
}

function toResult(all: readonly DeviceUsers[], share: number): WholeResult | undefined {
  const devices = all.filter(({ isShared }) => !isShared).map(({ list }) => list())
  const broken = devices.map(findResets).filter((resets) => resets.length > 0)
  if (devices.filter(hasOverlap).length > broken.length * SHARED) return undefined

  const resets = broken.flat()
  const lost = countOrders(resets.map(({ user }) => user))
  const ofDevices = broken.length / devices.filter(hasSeveralCalls).length
  const ofOrders = lost / countOrders(devices.flat())
  const sentence =
    broken.length >= ENOUGH_DEVICES && ofDevices >= LARGE
      ? `${sayShare(ofDevices)} of the devices get a new user id in the middle of a visit.`
      : lost >= ENOUGH_ORDERS && ofOrders >= LARGE_OF_ORDERS
        ? `${sayShare(ofOrders)} of orders have another user id than the start of their visit.`
        : undefined
  return sentence === undefined ? undefined : { ...summarize(resets, share), sentence }
}

function countOrders(users: readonly DeviceUser[]): number {
  return users.reduce((sum, { orders }) => sum + orders, 0)
}

function hasSeveralCalls(users: readonly DeviceUser[]): boolean {
  return users.length > 1 || users.some(({ visits }) => visits.some(([first, last]) => first < last))
}

/** Finds the users who begin when another one has just ended, and for whom another id was sent. */
function findResets(users: readonly DeviceUser[]): Reset[] {
  const resets: Reset[] = []
  for (const user of users) {
    const [[begin]] = user.visits
    const previous = users.find((other) => {
      if (other === user || other.sent === user.sent) return false
      return other.visits.some(([first, last]) => first < begin && last <= begin && begin - last <= LONGEST_PAUSE)
    })
    if (!previous) continue
    const before = resets.find((reset) => reset.user === previous)
    resets.push({ user, previous, clickedBefore: [...previous.clicked, ...(before?.clickedBefore ?? [])] })
  }
  return resets
}

/** Returns whether a user begins in the middle of the visit of another one. */
function hasOverlap(users: readonly DeviceUser[]): boolean {
  return users.some(({ visits: [[begin]] }) => {
    return users.some(({ visits }) => visits.some(([first, last]) => first < begin && begin < last))
  })
}

/**
 * Describes the cases. An order line has lost its credit if its product was clicked only with the ids before.
 *
 * @param share the share of all devices that was watched. The figures stand for all of them
 */
function summarize(resets: readonly Reset[], share: number): WholeResult {
  const cases = createCases()
  const sums = createSums()
  for (const { user, previous, clickedBefore } of resets) {
    const sample = { messageId: user.messageId, user: user.sent || user.id, otherUser: previous.sent || previous.id }
    cases.add({ key: user.messageId, time: user.visits[0][0], sample })
    // The account joins the two ids, so another check has counted the order.
    if (user.account !== '' && user.account === previous.account) continue
    for (const { product, revenue } of user.lines) {
      if (clickedBefore.includes(product) && !user.clicked.includes(product)) sums.add(revenue)
    }
  }
  const costs = sums.costs('uncredited').map(({ amount, ...rest }) => ({ ...rest, amount: scale(amount, share, 2) }))
  const result = cases.figures()
  return { ...result, count: scale(result.count, share, 0), costs }
}

function scale(number: number, share: number, decimals: number): number {
  return Number((number / share).toFixed(decimals))
}
