import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { createClickMemory, fitsTotal, productOf, type WireEvents } from '../checks'
import { toUtc } from '../core'
import {
  createDryRun,
  createRouter,
  type DryRun,
  type EventResult,
  type Filter,
  type Mapping,
  type TakenEvent
} from '../pipeline'
import { addAmount, type Figures, noFigures } from './figures'
import type { Proposal } from './propose'
import { readScalar } from './paths'
import { createSeen } from './profile'

/** Tries configurations on events, and sends nothing. */
export type Trial = {
  /** Takes the next events, in order of time. Call it again when it has resolved. */
  take: (events: readonly TakenEvent[]) => Promise<void>
  /** Returns what becomes of the events of each name, for each configuration. */
  figures: () => Map<string, Figures>[]
  /** Returns a message of a failed event of each name, with the last configuration. */
  messages: () => ReadonlyMap<string, string>
}

export type TrialOptions<Settings extends JSONObject> = {
  definition: DestinationDefinition<Settings>
  settings: Settings
  /** What is tried. */
  configurations: readonly (readonly Mapping[])[]
  filters?: readonly Filter[]
  /** Reads the orders, and knows the events that must not be reported. */
  proposal: Pick<Proposal, 'orders' | 'units' | 'left'>
}

/** Repeats are found among this many events. */
const MAX_IDS = 1_000_000

const UNKNOWN = 'unknown'

type Purchase = NonNullable<WireEvents['purchases']>[number]

/** Creates a trial of several configurations. Mappings that they have in common are run once. */
export function createTrial<Settings extends JSONObject>(options: TrialOptions<Settings>): Trial {
  const { definition, settings, configurations, filters, proposal } = options
  const isRepeat = createSeen(MAX_IDS)
  const isUnwanted = createUnwanted(proposal)
  const runs = createRuns(definition, settings)
  const sides = configurations.map((mappings) => {
    const enabled = mappings.filter((mapping) => mapping.enabled)
    const route = createRouter({ destination: definition.name, mappings: enabled, filters })
    return { route, keys: enabled.map(runs.add), count: createCounter(proposal) }
  })

  return {
    async take(events) {
      const fresh = events.filter((event) => !isRepeat(event.messageId))
      const routed = sides.map(({ route }) => fresh.map((event) => route(event)))
      const results = await runs.run(
        fresh.map((_, at) =>
          routed.flatMap((each, side) => {
            const one = each[at]
            return 'takers' in one
              ? one.takers.map((index) => ({ key: sides[side].keys[index], event: one.event }))
              : []
          })
        )
      )
      fresh.forEach((event, at) => {
        sides.forEach(({ keys, count }, side) => {
          const one = routed[side][at]
          if (!('takers' in one)) return
          count.add(
            event,
            isUnwanted(event),
            one.takers.map((index) => results[at].get(keys[index]) as EventResult)
          )
        })
      })
    },
    figures: () => sides.map(({ count }) => count.figures),
    messages: () => sides.at(-1)?.count.messages ?? new Map<string, string>()
  }
}

/** Returns a function that tells which events must not be reported. */
function createUnwanted({ units, left }: TrialOptions<JSONObject>['proposal']): (event: TakenEvent) => boolean {
  const names = new Set(left.map(({ profile }) => profile.name))
  const exceptions = new Map(units.map((unit) => [unit.profile.name, unit.exceptions]))
  return (event) => {
    const name = event.event ?? ''
    if (names.has(name)) return true
    return (exceptions.get(name) ?? []).some(({ keys, value }) => readScalar(event, keys) === value)
  }
}

type Wanted = { key: string; event: TakenEvent }

/** Runs each mapping once for an event, also if several configurations have it. */
function createRuns<Settings extends JSONObject>(definition: DestinationDefinition<Settings>, settings: Settings) {
  const dryRuns = new Map<string, DryRun>()
  return {
    /** Returns a key of the mapping. Mappings that make the same payload have the same one. */
    add: (mapping: Mapping): string => {
      const key = JSON.stringify([mapping.partnerAction, mapping.mapping])
      if (!dryRuns.has(key)) dryRuns.set(key, createDryRun(definition, settings, mapping))
      return key
    },
    async run(wanted: readonly (readonly Wanted[])[]): Promise<Map<string, EventResult>[]> {
      const results = wanted.map(() => new Map<string, EventResult>())
      for (const [key, dryRun] of dryRuns) {
        const places = wanted.flatMap((each, at) => {
          const found = each.find((one) => one.key === key)
          return found ? [{ at, event: found.event }] : []
        })
        if (places.length === 0) continue
        const made = await dryRun(places.map(({ event }) => event))
        places.forEach(({ at }, index) => results[at].set(key, made[index]))
      }
      return results
    }
  }
}

/** Counts what becomes of events, by their name. */
function createCounter({ orders }: TrialOptions<JSONObject>['proposal']) {
  const figures = new Map<string, Figures>()
  const messages = new Map<string, string>()
  const clicks = createClickMemory()
  const wasSent = createSeen(MAX_IDS)
  const wasReported = createSeen(MAX_IDS)

  function figuresOf(name: string): Figures {
    const known = figures.get(name) ?? noFigures()
    figures.set(name, known)
    return known
  }

  function addPurchase(of: Figures, event: TakenEvent, { id, opaqueUserId, items }: Purchase): void {
    const own = orders.get(event.event ?? '')
    const currency = own?.currencyOf(event) ?? UNKNOWN
    const time = toUtc(event.timestamp)
    const sum = items.reduce((all, { unitPrice, quantity = 1 }) => all + unitPrice * quantity, 0)
    const found = items.map(({ productId }) => clicks.find(opaqueUserId, productId, time))
    const isNew = !wasSent(id)
    of.orders += 1
    of.lines += items.length
    of.linesWithVendor += items.filter(({ vendorId }) => vendorId !== undefined).length
    if (own?.list(event).some((total) => fitsTotal(sum, total, items.length))) of.fitting += 1
    if (found.some((click) => click !== undefined)) of.afterClick += 1
    if (found.some((click) => click?.hasBid)) of.credited += 1
    const order = own?.idOf(event)
    if (isNew && order !== undefined && wasReported(order)) of.twice += 1
    if (!isNew) return
    addAmount(of.revenue, currency, sum)
    const total = own?.first(event)
    if (total !== undefined) addAmount(of.ownTotal, currency, total)
    items.forEach(({ unitPrice, quantity = 1 }, index) => {
      if (found[index]?.hasBid) addAmount(of.creditedRevenue, currency, unitPrice * quantity)
    })
  }

  function addSent(
    of: Figures,
    event: TakenEvent,
    { impressions = [], clicks: sent = [], purchases = [] }: WireEvents
  ): void {
    of.withBid += [...impressions, ...sent].filter(({ resolvedBidId }) => resolvedBidId !== undefined).length
    for (const click of sent) {
      clicks.add(click.opaqueUserId, productOf(click), toUtc(click.occurredAt), click.resolvedBidId !== undefined, 0)
    }
    for (const purchase of purchases) addPurchase(of, event, purchase)
  }

  return {
    figures,
    messages,
    add(event: TakenEvent, isUnwanted: boolean, results: readonly EventResult[]): void {
      const name = event.event ?? event.type
      const of = figuresOf(name)
      for (const { ok, sent, message } of results) {
        if (isUnwanted) {
          if (ok) of.unwanted += 1
          continue
        }
        of.taken += 1
        of[ok ? 'delivered' : 'failed'] += 1
        // Of several messages, the same one is kept whatever the order of the events.
        if (!ok && message < (messages.get(name) ?? '\uffff')) messages.set(name, message)
        if (ok && typeof sent === 'object' && sent !== null) addSent(of, event, sent)
      }
    }
  }
}
