import { HOUR } from '../../core'
import type { WholeCheck, WholeResult } from '../model'
import { dayNumber, sayDay } from '../days/days'
import { readDevice } from '../source'
import { shortenId } from '../properties'
import { sayCount, sayShare } from '../say'
import { joinSketches, keepValue, type KeptValue } from '../sketches/sketch'
import { createTopValues, type TopValue } from '../sketches/top-values'

/** The visitors and the devices that are watched. */
const MAX_VISITORS = 100

/** A visitor with fewer clicks on ads costs little. */
const ENOUGH_CLICKS = 50

/** People pause and go on. The pauses of a program vary by less than this part of their mean. */
const REGULAR = 0.5

/** How many different hours have clicks, at least. */
const ENOUGH_HOURS = 3

/** At most so many visitors make at least this share of all clicks on ads. */
const FEW = 10
const LARGE = 0.1

/** A pause of more than this is a break between two visits, in milliseconds. */
const LONGEST_PAUSE = HOUR

const MAX_HOURS = 24

/** Few visitors make a large part of the clicks on ads, at a regular pace, for hours, and never order. */
export const clickConcentration: WholeCheck<ReturnType<typeof start>> = {
  code: 'click-concentration',
  severity: 'worth a look',
  title: 'Few visitors make a large part of the clicks on ads, and order nothing',
  why: 'Clicks at a regular pace, for hours and without an order, are usually those of a program such as a test or a price crawler. Advertisers are billed for them.',
  cure: 'Look at the addresses and user agents of these visitors. Keep the events of programs and tests out of the source.',
  start,
  observe({ clicks, users, devices }, { event }, facts) {
    if (facts.clicks.length === 0 && facts.orders.length === 0) return
    const device = readDevice(event)
    for (const { hasBid, opaqueUserId } of facts.clicks) {
      if (!hasBid) continue
      clicks.value.count += 1
      const user = shortenId(opaqueUserId)
      addClick(users.add(user).value, user, facts.time, event.messageId)
      if (device !== undefined) addClick(devices.add(device).value, user, facts.time, event.messageId)
    }
    for (const { user } of facts.orders) {
      const visitors = [users.find(shortenId(user)), device === undefined ? undefined : devices.find(device)]
      for (const visitor of visitors) if (visitor) visitor.value.hasOrdered = true
    }
  },
  result({ clicks, users, devices }) {
    const [byUser, byDevice] = [users, devices].map((visitors) => findPrograms(visitors.list()))
    return toResult(byDevice.count > byUser.count ? byDevice : byUser, clicks.value.count)
  }
}

function start() {
  return joinSketches({
    clicks: keepValue({ count: 0 }),
    users: createTopValues(MAX_VISITORS, createVisitor),
    devices: createTopValues(MAX_VISITORS, createVisitor)
  })
}

/** The clicks of a user id, or of a device. */
type Visitor = {
  first: { time: number; messageId: string }
  /** The user id of the latest click. A device may have a new one on each page. */
  last: { time: number; user: string }
  /** The number of pauses between two clicks, their sum and the sum of their squares, in seconds. */
  pauses: number
  sum: number
  squares: number
  /** The hours with a click, as numbers since 1970. */
  hours: number[]
  hasOrdered: boolean
}

type Counted = TopValue<KeptValue<Visitor>>

function createVisitor(): KeptValue<Visitor> {
  const visitor: Visitor = {
    first: { time: Infinity, messageId: '' },
    last: { time: -Infinity, user: '' },
    pauses: 0,
    sum: 0,
    squares: 0,
    hours: [],
    hasOrdered: false
  }
  return keepValue(visitor, {
    first: (one, other) => (other.time < one.time ? other : one),
    last: (one, other) => (other.time > one.time ? other : one),
    hours: (one, other) => [...new Set([...one, ...other])].slice(0, MAX_HOURS)
  })
}

function addClick(visitor: Visitor, user: string, time: number, messageId: string): void {
  const { first, last } = visitor
  const pause = time - last.time
  if (user === last.user && pause >= 0 && pause < LONGEST_PAUSE) {
    visitor.pauses += 1
    visitor.sum += pause / 1_000
    visitor.squares += (pause / 1_000) ** 2
  }
  last.user = user
  if (first.messageId === '') first.messageId = shortenId(messageId)
  first.time = Math.min(first.time, time)
  last.time = Math.max(last.time, time)
  const hour = Math.floor(time / HOUR)
  if (visitor.hours.at(-1) !== hour && visitor.hours.length < MAX_HOURS) visitor.hours.push(hour)
}

type Programs = { found: readonly Counted[]; count: number }

function findPrograms(visitors: readonly Counted[]): Programs {
  const found = visitors.filter(isLikeProgram).slice(0, FEW)
  return { found, count: found.reduce((sum, each) => sum + each.count - each.error, 0) }
}

function toResult({ found, count }: Programs, clicks: number): WholeResult | undefined {
  if (found.length === 0 || count < clicks * LARGE) return undefined
  const first = Math.min(...found.map(({ sketch }) => sketch.value.first.time))
  return {
    count,
    first,
    last: Math.max(...found.map(({ sketch }) => sketch.value.last.time)),
    costs: [],
    samples: found.map(({ sketch: { value } }) => ({ messageId: value.first.messageId, user: value.last.user })),
    sentence: `Since ${sayDay(dayNumber(first))}, ${sayCount(found.length, 'visitor')} made ${sayCount(count, 'click')} on ads (${sayShare(count / clicks)} of all) at a regular pace, and ordered nothing.`
  }
}

function isLikeProgram({ count, error, sketch }: Counted): boolean {
  const { pauses, sum, squares, hours, hasOrdered } = sketch.value
  if (hasOrdered || count - error < ENOUGH_CLICKS || new Set(hours).size < ENOUGH_HOURS || pauses === 0) return false
  const mean = sum / pauses
  const deviation = Math.sqrt(Math.max(0, squares / pauses - mean ** 2))
  return deviation < mean * REGULAR
}
