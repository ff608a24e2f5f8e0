import { createAnnouncer } from './announcer'
import { callerOf, timeOf, toCallIdUse, toDirectReports, toIdUse, toKeptId, toReports } from './facts'
import type { Fact, IdUse, Interaction, Link, Purchase, Win } from './facts'
import type { Finding } from './finding'
import type { Member } from './group'
import { createGroups } from './groups'
import type {
  AuctionObservation,
  DirectObservation,
  EventObservation,
  LinkObservation,
  Observation
} from './observation'
import { registry } from './registry'
import { isSameEvent } from './repeats'
import { byCost, createTally } from './tally'
import { DAY, toMilliseconds } from './times'
import { createWindow, WINDOW_LIMITS } from './window'
import type { WindowLimits } from './window'

/** What can be set about checks. */
export type ChecksOptions = {
  /** How long before an order an interaction may be credited. Topsort's default is 14 days. */
  attributionDays?: number
  /** How much is remembered. Default: 50,000 observations or an hour of event time, whichever is more. */
  window?: Partial<WindowLimits>
}

/** Watches a stream of observations for mistakes. */
export type Checks = {
  /**
   * Takes an observation. The order of arrival does not matter within the window, and a repeat changes nothing but the
   * finding about repeats.
   *
   * @returns findings to tell: those that are seen for the first time, and those whose count reached a power of ten. A
   *   finding that a later observation can take back is returned with a later observation, at least 5 seconds of receipt
   *   after it was first seen, or by `settle`
   */
  observe: (observation: Observation) => Finding[]
  /** @returns the findings that wait to be told. Call it when nothing more is on its way. */
  settle: () => Finding[]
  /** @returns everything found so far, most expensive first */
  findings: () => Finding[]
  /** Forgets everything. */
  forget: () => void
}

type Report = Member<Interaction> | Member<Purchase>

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
    forget() {
      watch = startWatch(options)
    }
  }
}

function startWatch({ attributionDays = 14, window: limits }: ChecksOptions): Omit<Checks, 'forget'> {
  const tallies = registry.map(createTally)
  const announcers = tallies.map((tally) => ({ tally, ...createAnnouncer(tally) }))
  const groups = createGroups(tallies, attributionDays * DAY)
  const window = createWindow({ ...WINDOW_LIMITS, ...limits })
  const eventTallies = tallies.filter(({ check }) => check.ofEvent)
  /** The product groups serve auctions only, so they are made when an auction is seen. */
  const seenAuctions = { withUser: false, withoutUser: false }
  let now = -Infinity

  function observeEvent(observation: EventObservation): void {
    const { time, receivedAt } = timeOf(observation)
    now = Math.max(now, receivedAt)
    const use = toMember(toCallIdUse(observation))
    if (isRepeat('call', use)) {
      remember(time, [use])
      return
    }

    for (const { check, keep } of eventTallies) check.ofEvent?.(observation).forEach(keep)
    const caller = callerOf(observation)
    const reports = toReports(observation).map(toMember)
    const uses = reports.filter(({ id, messageId }) => !isDerived(id, messageId)).map((report) => toUse(report))
    placeReports(reports, caller)
    if (reports.length === 0 && caller.length > 1) groups.add(groups.getPerson(caller), use)
    remember(time, [use, ...uses, ...reports])
  }

  function observeDirect({ sent, receivedAt }: DirectObservation): void {
    const reports = toDirectReports(sent, receivedAt).map(toMember)
    now = Math.max(now, toMilliseconds(receivedAt) ?? now)
    const fresh: Member[] = []
    for (const report of reports) {
      const use = toMember(toIdUse(report))
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
    const wins = winners.flatMap((winner): Member<Win>[] => {
      const bid = toKeptId(winner.resolvedBidId)
      if (groups.get('bid', bid).wins.length > 0) return []
      const { type, id, vendorId, format } = winner
      const win = toMember<Win>({
        kind: 'win',
        key: bid,
        time,
        bid,
        user,
        type,
        product: toKeptId(id),
        vendorId: vendorId && toKeptId(vendorId),
        format,
        auction
      })
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
    const link = toMember<Link>({
      kind: 'link',
      key: `${from}\n${to}`,
      time: 0,
      from: toKeptId(from),
      to: toKeptId(to)
    })
    if (person.links.some(({ key }) => key === link.key)) return
    groups.add(person, link)
    remember(-Infinity, [link])
  }

  /** @returns whether the id was used for the same event before; from now on it is used */
  function isRepeat(list: string, use: Member<IdUse>, id = use.messageId): boolean {
    const group = groups.get('id', `${list}\n${id}`)
    const isKnown = group.idUses.some((earlier) => isSameEvent(earlier, use))
    groups.add(group, use)
    return isKnown
  }

  function toUse(report: Report): Member<IdUse> {
    const use = toMember(toIdUse(report))
    const group = groups.get('id', `${report.kind}\n${report.id}`)
    // Two mappings of one call send one id. That is told as a double report, not as a shared id.
    if (!group.idUses.some(({ messageId }) => messageId === use.messageId)) groups.add(group, use)
    return use
  }

  function placeReports(reports: readonly Report[], caller: readonly string[]): void {
    const seenOrganic = new Set<string>()
    for (const report of reports) {
      if (report.kind === 'purchase') {
        placePurchase(report, caller)
        continue
      }
      // For the person, the organic impressions of one list are one view.
      const isFurther = report.kind === 'impression' && !report.bid && seenOrganic.has(report.user)
      if (!isFurther) groups.add(groups.getPerson([...caller, report.user]), report)
      if (report.kind === 'impression' && !report.bid) seenOrganic.add(report.user)
      placeByProduct(report)
      placeByBid(report)
    }
  }

  function placePurchase(purchase: Member<Purchase>, caller: readonly string[]): void {
    groups.add(groups.getPerson([...caller, purchase.user]), purchase)
    groups.add(groups.get('basket', `${purchase.user}\n${purchase.basket}`), purchase)
    if (purchase.orderId) groups.add(groups.get('order', purchase.orderId), purchase)
    for (const brand of purchase.brands) groups.add(groups.get('vendor', brand), purchase)
  }

  function placeByBid(report: Member<Interaction>): void {
    if (!report.bid) return
    const group = groups.get('bid', report.bid)
    // One bid on both paths is one person, whatever the ids.
    for (const other of [...group.impressions, ...group.clicks]) {
      if (other.path !== report.path && other.user !== report.user) groups.getPerson([report.user, other.user])
    }
    groups.add(group, report)
    const win = group.wins.at(0)
    if (win) joinWin(report, win)
  }

  function placeWin(win: Member<Win>): void {
    if (win.user) groups.add(groups.getPerson([win.user]), win)
    if (win.type === 'product' && win.format !== 'banners') {
      groups.add(groups.get('product', productKey(win.user, win.product)), win)
    }
    if (win.vendorId) groups.add(groups.get('vendor', win.vendorId), win)
    const { impressions, clicks } = groups.get('bid', win.bid)
    for (const report of [...impressions, ...clicks]) joinWin(report as Member<Interaction>, win)
  }

  /** Lets an interaction know the auction of its bid, in whichever order they came. */
  function joinWin(report: Member<Interaction>, win: Win): void {
    report.win = win
    if (win.user && win.user !== report.user) groups.getPerson([report.user, win.user])
    placeByProduct(report)
    report.groups.forEach(groups.touch)
    if (win.auction.reported.has(report.kind)) return
    win.auction.reported.add(report.kind)
    for (const other of win.auction.wins as Member<Win>[]) other.groups.forEach(groups.touch)
  }

  function placeByProduct(report: Member<Interaction>): void {
    const products = report.win ? [...report.products, report.win.product] : report.products
    for (const product of products) {
      if (seenAuctions.withUser) groups.add(groups.get('product', productKey(report.user, product)), report)
      if (seenAuctions.withoutUser) groups.add(groups.get('product', productKey(undefined, product)), report)
    }
  }

  /** Makes the product groups of what is in the window when the first auction of a kind is seen. */
  function indexProducts(hasUser: boolean): void {
    const kind = hasUser ? 'withUser' : 'withoutUser'
    if (seenAuctions[kind]) return
    seenAuctions[kind] = true
    for (const fact of window.facts()) {
      if (fact.kind === 'impression' || fact.kind === 'click') placeByProduct(fact)
    }
  }

  function remember(time: number, facts: readonly Member[]): void {
    groups.judge()
    for (const fact of window.add(time, facts)) groups.forget(fact)
  }

  function announce(isQuiet: boolean): Finding[] {
    return announcers.flatMap(({ tally, isDue }) => (isDue(now, isQuiet) ? (tally.finding() ?? []) : []))
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
    findings: () => tallies.flatMap(({ finding }) => finding() ?? []).sort(byCost)
  }
}

function toMember<AnyFact extends Fact>(fact: AnyFact): Member<AnyFact> {
  return Object.assign(fact, { groups: [] })
}

/** Whether an event id comes from the message id, which is checked itself. */
function isDerived(id: string, messageId: string): boolean {
  return id === messageId || id.startsWith(`${messageId}-`)
}

function productKey(user: string | undefined, product: string): string {
  return `${user ?? ''}\n${product}`
}
