import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { type ClickOfProduct, createClickMemory, fitsTotal, lineRevenue, productOf, type WireEvents } from '../checks'
import { DAY, toUtc } from '../core'
import {
  createDryRun,
  createRouter,
  type DryRun,
  type EventResult,
  type Filter,
  type Mapping,
  type Previews,
  type TakenEvent
} from '../pipeline'
import { addAmount, type Figures, sumFigures } from './figures'
import type { Proposal } from './propose'
import { readScalar } from './paths'
import { createSeen } from './profile'

export type TrialOptions<Settings extends JSONObject> = {
  definition: DestinationDefinition<Settings>
  settings: Settings
  /** What the actions would send. Without them, the framework makes each dry run, which is slow. */
  previews?: Previews<Settings>
  /** What is tried. */
  configurations: readonly (readonly Mapping[])[]
  filters?: readonly Filter[]
  /** Reads the orders, and knows the events that must not be reported. */
  proposal: Pick<Proposal, 'orders' | 'units' | 'left'>
}

/** Repeats are found among this many events. */
const MAX_IDS = 1_000_000

const UNKNOWN = 'unknown'

/** Topsort's default attribution window. */
const WINDOW = 14 * DAY

/** Where a click comes from does not matter here. */
const ANYWHERE = { source: '', platform: '', version: '', sdk: '' }

type Purchase = NonNullable<WireEvents['purchases']>[number]

/**
 * Creates a trial of several configurations on events, which sends nothing. Mappings that they have in common are run once.
 */
export function createTrial<Settings extends JSONObject>(options: TrialOptions<Settings>) {
  const { definition, configurations, filters, proposal } = options
  const isRepeat = createSeen(MAX_IDS)
  const isUnwanted = createUnwanted(proposal)
  const runs = createRuns(options)
  const sides = configurations.map((mappings) => {
    const enabled = mappings.filter((mapping) => mapping.enabled)
    const route = createRouter({ destination: definition.name, mappings: enabled, filters })
    return { route, keys: enabled.map(runs.add), count: createCounter(proposal) }
  })

  return {
    /** Takes the next events, in order of time. Call it again when it has resolved. */
    async take(events: readonly TakenEvent[]): Promise<void> {
      for (const event of events) {
        if (isRepeat(event.messageId)) continue
        const results = new Map<string, EventResult>()
        for (const { route, keys, count } of sides) {
          const routed = route(event)
          if (!('takers' in routed)) continue
          const own = routed.takers.map((index) => keys[index])
          for (const key of own) if (!results.has(key)) results.set(key, await runs.run(key, routed.event))
          count.add(
            event,
            isUnwanted(event),
            own.flatMap((key) => results.get(key) ?? [])
          )
        }
      }
    },
    /** Returns what becomes of the events of each name, for each configuration. */
    figures: () => sides.map(({ count }) => count.figures),
    /** Returns a message of a failed event of each name, with the last configuration. */
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

/** Creates the dry runs of mappings. Mappings that differ only in their names share one. */
function createRuns<Settings extends JSONObject>({ definition, settings, previews }: TrialOptions<Settings>) {
  const dryRuns = new Map<string, DryRun>()
  return {
    /** Returns the key of the dry run of a mapping. */
    add: (mapping: Mapping): string => {
      const key = JSON.stringify([mapping.partnerAction, mapping.subscribe, mapping.mapping])
      if (!dryRuns.has(key)) dryRuns.set(key, createDryRun(definition, settings, mapping, previews))
      return key
    },
    run: (key: string, event: TakenEvent) => (dryRuns.get(key) as DryRun)(event)
  }
}

/** Counts an order and its lines. @param found the earlier clicks on the product of each line */
function countOrder(of: Figures, items: Purchase['items'], found: readonly (ClickOfProduct | undefined)[]): void {
  of.orders += 1
  of.lines += items.length
  of.linesWithVendor += items.filter(({ vendorId }) => vendorId !== undefined).length
  if (found.some((click) => click !== undefined)) of.afterClick += 1
  if (found.some((click) => click?.hasBid)) of.credited += 1
}

/** Counts what becomes of events, by their name. */
function createCounter({ orders }: TrialOptions<JSONObject>['proposal']) {
  const figures = new Map<string, Figures>()
  const messages = new Map<string, string>()
  const clicks = createClickMemory(WINDOW)
  const wasSent = createSeen(MAX_IDS)
  const wasReported = createSeen(MAX_IDS)

  function figuresOf(name: string): Figures {
    const known = figures.get(name) ?? sumFigures([])
    figures.set(name, known)
    return known
  }

  function addPurchase(of: Figures, event: TakenEvent, { id, opaqueUserId, items }: Purchase): void {
    const own = orders.get(event.event ?? '')
    const time = toUtc(event.timestamp)
    const found = items.map(({ productId }) => clicks.find(opaqueUserId, productId, time))
    countOrder(of, items, found)
    const sum = items.reduce((all, item) => all + lineRevenue(item), 0)
    if (own?.list(event).some((total) => fitsTotal(sum, total, items.length))) of.fitting += 1
    if (wasSent(id)) return
    const order = own?.idOf(event)
    if (order !== undefined && wasReported(order)) of.twice += 1
    const currency = own?.currencyOf(event) ?? UNKNOWN
    addAmount(of.revenue, currency, sum)
    const total = own?.first(event)
    if (total !== undefined) addAmount(of.ownTotal, currency, total)
    items.forEach((item, index) => {
      if (found[index]?.hasBid) addAmount(of.creditedRevenue, currency, lineRevenue(item))
    })
  }

  function addSent(
    of: Figures,
    event: TakenEvent,
    { impressions = [], clicks: sent = [], purchases = [] }: WireEvents
  ): void {
    of.withBid += [...impressions, ...sent].filter(({ resolvedBidId }) => resolvedBidId !== undefined).length
    for (const click of sent) {
      clicks.add(
        click.opaqueUserId,
        productOf(click),
        toUtc(click.occurredAt),
        click.resolvedBidId !== undefined,
        ANYWHERE
      )
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
