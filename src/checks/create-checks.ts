import { createAnnouncer } from './announcer'
import { readCallerIds, readTime, toCallIdUse, toDirectReports, toIdUse, toKeptId, toReports } from './facts'
import type { Fact, IdUse, Interaction, Link, Purchase, Win } from './facts'
import type { Finding } from './finding'
import { createGroups } from './groups'
import { createMarks } from './marks'
import type {
  AuctionObservation,
  DirectObservation,
  EventObservation,
  LinkObservation,
  Observation
} from './observation'
import { registry } from './registry'
import { createPast } from './past/past'
import type { PastLimits } from './past/past'
import { isSameEvent } from './repeats'
import { compareCost, createTally } from './tally'
import { DAY, toMilliseconds } from './times'
import { createWindow, WINDOW_LIMITS } from './window'
import type { WindowLimits } from './window'

/** Options for `createChecks`. */
export type ChecksOptions = {
  /** The longest time between a credited interaction and its order. Default: 14 days, as at Topsort. */
  attributionDays?: number
  /** How much the checks remember. Default: 50,000 observations or an hour of event time, whichever is more. */
  window?: Partial<WindowLimits>
  /**
   * False if no auction is ever observed, as in an archive. Then all organic products of a list count as one view,
   * because only the checks about auctions compare each of them. This saves most of the time and memory. Default: true.
   */
  seesAuctions?: boolean
  /**
   * Remembers a little of the observations that leave the window, for the checks that compare events which may be days
   * apart: old bids, repeated ids and orders, and the interactions before an order. Default: nothing.
   */
  longMemory?: PastLimits
  /** Called with the message id of an event when a finding about it appears, or is taken back. */
  onMark?: (messageId: string) => void
}

/** Watches a stream of observations for mistakes. */
export type Checks = {
  /**
   * Takes an observation. Observations may arrive in any order within the window. A repeated observation changes only
   * the finding about repeats.
   *
   * @returns findings to show: the new ones, and those whose count reached a power of ten. A finding that a later
   *   observation could remove waits for an observation that was received at least 5 seconds later, or for `settle`
   */
  observe: (observation: Observation) => Finding[]
  /** Returns the findings that still wait to be shown. Call it when all pending events are delivered. */
  settle: () => Finding[]
  /** Returns all findings so far, most expensive first. */
  findings: () => Finding[]
  /** Returns the codes of the findings about an event, in the order in which they were seen. */
  codesOf: (messageId: string) => string[]
  /** Returns what the checks no longer know. */
  forgotten: () => Forgotten
  /** Forgets everything. */
  forget: () => void
}

/** What the checks no longer know. */
export type Forgotten = {
  /** The shortest time that the window covered, in milliseconds. Infinity if nothing has left it. */
  window: number
  /** How many entries of the long memory were dropped. */
  past: PastLimits
}

type Report = Interaction | Purchase

/**
 * Creates checks.
 *
 * @example
 * const checks = createChecks()
 * for (const finding of checks.observe(observation)) console.log(findingLine(finding))
 */
export function createChecks(options: ChecksOptions = {}): Checks {
  let watch = startWatch(options)
  return {
    observe: (observation) => watch.observe(observation),
    settle: () => watch.settle(),
    findings: () => watch.findings(),
    codesOf: (messageId) => watch.codesOf(messageId),
    forgotten: () => watch.forgotten(),
    forget() {
      watch = startWatch(options)
    }
  }
}

function startWatch({
  attributionDays = 14,
  window: limits,
  seesAuctions = true,
  longMemory,
  onMark
}: ChecksOptions): Omit<Checks, 'forget'> {
  const marks = createMarks(onMark)
  const tallies = registry.map((check) => createTally(check, marks))
  const announcers = tallies.map((tally) => ({ tally, ...createAnnouncer(tally) }))
  const past = longMemory && createPast(longMemory)
  const groups = createGroups(tallies, attributionDays * DAY, past)
  const window = createWindow({ ...WINDOW_LIMITS, ...limits })
  const eventTallies = tallies.filter(({ check }) => check.ofEvent)
  /** Only checks about auctions need product groups, so the groups are built when the first auction arrives. */
  const seenAuctions = { withUser: false, withoutUser: false }
  let now = -Infinity

  function observeEvent(observation: EventObservation): void {
    const { time, receivedAt } = readTime(observation)
    now = Math.max(now, receivedAt)
    const caller = readCallerIds(observation)
    const use = toCallIdUse(observation, time, caller)
    if (isRepeatedCall(use)) {
      remember(time, [use])
      return
    }

    for (const { check, keep } of eventTallies) check.ofEvent?.(observation).forEach(keep)
    const reports = toReports(observation, !seesAuctions)
    const uses = reports.filter(({ id, messageId }) => !isDerived(id, messageId)).map(toUse)
    placeReports(reports, caller)
    if (reports.length === 0 && caller.length > 1) groups.add(groups.getPerson(caller), use)
    const placed: Fact[] = use.groups.length > 0 ? [use] : []
    remember(time, placed.concat(uses, reports))
  }

  function observeDirect({ sent, receivedAt }: DirectObservation): void {
    const reports = toDirectReports(sent, receivedAt)
    now = Math.max(now, toMilliseconds(receivedAt) ?? now)
    const fresh: Fact[] = []
    for (const report of reports) {
      const use = toIdUse(report)
      fresh.push(use)
      if (isRepeat(report.kind, use, report.id)) continue
      placeReports([report], [])
      fresh.push(report)
    }
    if (fresh.length > 0) remember(Math.max(...fresh.map(({ time }) => time)), fresh)
  }

  function observeAuction({ time, opaqueUserId, winners }: AuctionObservation): void {
    now = Math.max(now, time)
    const user = opaqueUserId && toKeptId(opaqueUserId)
    const auction: Win['auction'] = { wins: [], reported: new Set() }
    const wins = winners.flatMap((winner): Win[] => {
      const bid = toKeptId(winner.resolvedBidId)
      if (groups.get('bid', bid).wins.length > 0) return []
      const { type, id, vendorId, format } = winner
      const win: Win = {
        kind: 'win',
        key: bid,
        time,
        groups: [],
        bid,
        user,
        type,
        product: toKeptId(id),
        vendorId: vendorId && toKeptId(vendorId),
        format,
        auction
      }
      groups.add(groups.get('bid', bid), win)
      return [win]
    })
    auction.wins = wins
    if (wins.length > 0) indexProducts(user !== undefined)
    wins.forEach(placeWin)
    remember(time, wins)
  }

  function observeLink({ from, to }: LinkObservation): void {
    const person = groups.getPerson([toKeptId(from), toKeptId(to)])
    const link: Link = {
      kind: 'link',
      key: `${from}\n${to}`,
      time: 0,
      groups: [],
      from: toKeptId(from),
      to: toKeptId(to)
    }
    if (person.links.some(({ key }) => key === link.key)) return
    groups.add(person, link)
    remember(-Infinity, [link])
  }

  /** Records the use of a message id. Returns whether the same call used it before. */
  function isRepeatedCall(use: IdUse): boolean {
    // Nearly all calls have an id of their own, and a past remembers it in less memory than a group.
    if (past?.addFirstUse(toIdKey('call', use.messageId), use)) return false
    return isRepeat('call', use)
  }

  /** Records the use of an id. Returns whether the same event used it before. */
  function isRepeat(list: IdList, use: IdUse, id = use.messageId): boolean {
    const group = groups.get('id', toIdKey(list, id))
    const isKnown = group.idUses.some((earlier) => isSameEvent(earlier, use)) || Boolean(group.past?.isSameEvent(use))
    groups.add(group, use)
    return isKnown
  }

  function toUse(report: Report): IdUse {
    const use = toIdUse(report)
    const group = groups.get('id', toIdKey(report.kind, report.id))
    // Two mappings of one call send the same id. Other checks report that, so it is not a shared id.
    if (!group.idUses.some(({ messageId }) => messageId === use.messageId)) groups.add(group, use)
    return use
  }

  function placeReports(reports: readonly Report[], caller: readonly string[]): void {
    const seenOrganic = new Set<string>()
    for (const report of reports) {
      const ids = caller.includes(report.user) ? caller : [...caller, report.user]
      if (report.kind === 'purchase') {
        placePurchase(report, ids)
        continue
      }
      // A list can have many organic impressions. One of them is enough to know that the person saw something.
      const isFurther = report.kind === 'impression' && !report.bid && seenOrganic.has(report.user)
      if (!isFurther) groups.add(groups.getPerson(ids), report)
      if (report.kind === 'impression' && !report.bid) seenOrganic.add(report.user)
      placeByProduct(report)
      placeByBid(report)
    }
  }

  function placePurchase(purchase: Purchase, ids: readonly string[]): void {
    groups.add(groups.getPerson(ids), purchase)
    groups.add(groups.get('basket', `${purchase.user}\n${purchase.basket}`), purchase)
    if (purchase.orderId) groups.add(groups.get('order', purchase.orderId), purchase)
    for (const brand of purchase.brands) groups.add(groups.get('vendor', brand), purchase)
  }

  function placeByBid(report: Interaction): void {
    if (!report.bid) return
    const group = groups.get('bid', report.bid)
    joinUsers(report, group.impressions)
    joinUsers(report, group.clicks)
    groups.add(group, report)
    const win = group.wins.at(0)
    if (win) joinWin(report, win)
  }

  /** If the same bid arrives through Segment and directly, one person sent both, even with different ids. */
  function joinUsers({ path, user }: Interaction, others: readonly Interaction[]): void {
    for (const other of others) {
      if (other.path !== path && other.user !== user) groups.getPerson([user, other.user])
    }
  }

  function placeWin(win: Win): void {
    if (win.user) groups.add(groups.getPerson([win.user]), win)
    if (win.type === 'product' && win.format !== 'banners') {
      groups.add(groups.get('product', toProductKey(win.user, win.product)), win)
    }
    if (win.vendorId) groups.add(groups.get('vendor', win.vendorId), win)
    const { impressions, clicks } = groups.get('bid', win.bid)
    for (const report of [...impressions, ...clicks]) joinWin(report, win)
  }

  /** Connects an interaction with the auction of its bid. Either of them may arrive first. */
  function joinWin(report: Interaction, win: Win): void {
    report.win = win
    if (win.user && win.user !== report.user) groups.getPerson([report.user, win.user])
    placeByProduct(report)
    report.groups.forEach(groups.touch)
    if (win.auction.reported.has(report.kind)) return
    win.auction.reported.add(report.kind)
    for (const other of win.auction.wins) other.groups.forEach(groups.touch)
  }

  function placeByProduct(report: Interaction): void {
    const products = report.win ? [...report.products, report.win.product] : report.products
    for (const product of products) {
      if (seenAuctions.withUser) groups.add(groups.get('product', toProductKey(report.user, product)), report)
      if (seenAuctions.withoutUser) groups.add(groups.get('product', toProductKey(undefined, product)), report)
    }
  }

  /** Builds the product groups from the window when the first auction with, or without, a user arrives. */
  function indexProducts(hasUser: boolean): void {
    const kind = hasUser ? 'withUser' : 'withoutUser'
    if (seenAuctions[kind]) return
    seenAuctions[kind] = true
    for (const fact of window.facts()) {
      if (fact.kind === 'impression' || fact.kind === 'click') placeByProduct(fact)
    }
  }

  function remember(time: number, facts: readonly Fact[]): void {
    groups.judge()
    for (const fact of window.add(time, facts)) groups.forget(fact)
  }

  function announce(isQuiet: boolean): Finding[] {
    const due: Finding[] = []
    for (const { tally, isDue } of announcers) {
      const finding = isDue(now, isQuiet) ? tally.finding() : undefined
      if (finding) due.push(finding)
    }
    return due
  }

  return {
    observe(observation) {
      if (observation.kind === 'event') observeEvent(observation)
      if (observation.kind === 'direct') observeDirect(observation)
      if (observation.kind === 'auction') observeAuction(observation)
      if (observation.kind === 'link') observeLink(observation)
      return announce(false)
    },
    settle: () => announce(true),
    codesOf: marks.codesOf,
    forgotten: () => ({
      window: window.shortest(),
      past: past?.dropped() ?? { bids: 0, users: 0, orders: 0, ids: 0 }
    }),
    findings: () => tallies.flatMap(({ finding }) => finding() ?? []).sort(compareCost)
  }
}

/** Returns whether an event id is made from the message id. The message id itself is checked already. */
function isDerived(id: string, messageId: string): boolean {
  return id === messageId || id.startsWith(`${messageId}-`)
}

/** Ids are compared within a list: those of calls, or of the events of one type. */
type IdList = 'call' | Report['kind']

function toIdKey(list: IdList, id: string): string {
  return `${list}\n${id}`
}

function toProductKey(user: string | undefined, product: string): string {
  return `${user ?? ''}\n${product}`
}
