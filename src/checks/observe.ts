import { createFallbacks, type IsFallback } from './bids'
import type { Groups } from './groups'
import { createIdUses } from './id-uses'
import type { Fact } from './model'
import {
  type AuctionObservation,
  type DirectObservation,
  type EventObservation,
  type LinkObservation,
  listSent,
  type Observation
} from './observation'
import type { Past } from './past/past'
import { createProductGroups, placeReports, type Places, placeWins } from './place'
import { readCallerIds, readTime, toCallIdUse, toDirectReports, toIdUse, toLink, toReports, toWins } from './read-facts'
import type { FindingTally } from './tally'
import { toMilliseconds } from './times'
import type { Wholes } from './wholes'
import type { Window } from './window'

/** What `createObserver` fills. */
export type ObserverOptions = {
  tallies: readonly FindingTally[]
  groups: Groups
  window: Window
  past?: Past
  /** Whether all organic products of a list are placed, and not only the first one of each user. */
  seesAuctions: boolean
  wholes: Wholes
}

/** Creates a function that takes an observation. It returns the time of receipt, in milliseconds since 1970. */
export function createObserver(options: ObserverOptions): (observation: Observation) => number {
  const { tallies, groups, window, past, seesAuctions, wholes } = options
  const places: Places = { groups, products: createProductGroups(groups, () => window.facts()) }
  const uses = createIdUses(groups, past)
  const fallbacks = createFallbacks()
  const eventTallies = tallies.filter(({ check }) => check.ofEvent)

  function observeEvent(observation: EventObservation): number {
    const { time, receivedAt } = readTime(observation)
    const caller = readCallerIds(observation)
    const use = toCallIdUse(observation, time, caller)
    if (uses.isRepeatedCall(use)) {
      remember(time, [use])
      return receivedAt
    }

    checkEvent(observation, eventTallies, fallbacks.has)
    wholes.observe(observation)
    const reports = toReports(observation, !seesAuctions)
    const reportUses = uses.addReports(reports)
    placeReports(places, reports, caller)
    if (reports.length === 0 && caller.length > 1) groups.add(groups.getPerson(caller), use)
    const placed: Fact[] = use.groups.length > 0 ? [use] : []
    remember(time, placed.concat(reportUses, reports))
    return receivedAt
  }

  function observeDirect({ sent, receivedAt }: DirectObservation): number {
    const facts: Fact[] = []
    for (const report of toDirectReports(sent, receivedAt)) {
      const use = toIdUse(report)
      facts.push(use)
      if (uses.isRepeatedReport(report, use)) continue
      placeReports(places, [report], [])
      facts.push(report)
    }
    if (facts.length > 0) remember(Math.max(...facts.map(({ time }) => time)), facts)
    return toMilliseconds(receivedAt) ?? -Infinity
  }

  function observeAuction(observation: AuctionObservation): number {
    fallbacks.add(observation)
    remember(observation.time, placeWins(places, toWins(observation)))
    return observation.time
  }

  function observeLink(observation: LinkObservation): number {
    const link = toLink(observation)
    const person = groups.getPerson([link.from, link.to])
    if (person.links.every(({ key }) => key !== link.key)) {
      groups.add(person, link)
      remember(-Infinity, [link])
    }
    return -Infinity
  }

  function remember(time: number, facts: readonly Fact[]): void {
    groups.judge()
    for (const fact of window.add(time, facts)) groups.forget(fact)
  }

  return (observation) => {
    if (observation.kind === 'event') return observeEvent(observation)
    if (observation.kind === 'direct') return observeDirect(observation)
    if (observation.kind === 'auction') return observeAuction(observation)
    return observeLink(observation)
  }
}

/** Runs the checks of single events. */
function checkEvent(observation: EventObservation, tallies: readonly FindingTally[], isFallback: IsFallback): void {
  const { deliveries } = observation
  const has = {
    orders: deliveries.some(({ sent }) => sent?.purchases),
    lists: deliveries.some((delivery) => listSent(delivery).some(({ length }) => length > 1)),
    reasons: deliveries.length === 0 || deliveries.some(({ ok, reason }) => !ok || reason)
  }
  let isFound = false
  for (const { check, keep } of tallies) {
    if ((check.isFallback && isFound) || (check.needs && !has[check.needs])) continue
    const sightings = check.ofEvent?.(observation, isFallback) ?? []
    sightings.forEach(keep)
    isFound ||= sightings.length > 0
  }
}
