import type { JSONObject } from '@segment/actions-core'
import { findDifferences } from '../../comparison'
import { clip, forEachInSlices } from '../../core'
import type { Delivery, Exchange, Mapping, Pipeline, TakenEvent } from '../../pipeline'
import type { Sandbox } from '../../sandbox'
import { eventKeysOf } from '../billable'
import { toRow } from '../rows'
import { describeSettings } from '../definition'
import type { ShownDefinition } from '../definition'
import type { Findings, FindingsInput } from './findings'
import type { Entry, History, PastEntry } from './history'
import { broken, readState } from './read-state'
import type { CheckedState } from './read-state'
import type { Shoppers } from './shoppers'
import { STATE_FORMAT, STATE_VERSION } from './state-file'
import type { SavedEntry, WorkbenchState } from './state-file'

/** The parts of the workbench that a state is read from and written to. */
export type StateParts = {
  definition: ShownDefinition & Parameters<typeof readState>[1]
  pipeline: Pipeline
  history: History
  findings: Findings
  shoppers: Shoppers
  sandbox?: Sandbox
}

/** Returns the current state. It includes events that wait for an attempt, but they are not delivered after a restart. */
export function saveState({ definition, pipeline, history, shoppers, sandbox }: StateParts): WorkbenchState {
  const calls = createPlaces<TakenEvent>()
  const exchanges = createPlaces<Exchange>()
  const places = new Map(pipeline.deliveries().map((delivery, place) => [delivery, place]))
  const entries = [...history.entries()].map((entry) => toSaved(entry, places, calls.placeOf, exchanges.placeOf))
  return {
    format: STATE_FORMAT,
    version: STATE_VERSION,
    savedAt: new Date().toISOString(),
    masked: false,
    counts: pipeline.counts(),
    mappings: pipeline.mappings(),
    settings: Object.fromEntries(
      describeSettings(definition, pipeline.settings()).map(({ key, value }) => [key, value])
    ) as JSONObject,
    filters: pipeline.filters(),
    calls: calls.items,
    exchanges: exchanges.items,
    entries,
    ...(sandbox && {
      sandbox: {
        ledger: sandbox.view(),
        auctions: shoppers.auctions(),
        catalogue: sandbox.catalogue(),
        attribution: sandbox.attributionSettings(),
        scripts: sandbox.scriptsLeft()
      }
    })
  }
}

/**
 * Forgets everything and opens a state. If the state cannot be read, nothing changes: it is read into new parts before
 * anything is forgotten.
 *
 * @param value the parsed JSON of a file that `saveState` has made
 * @throws InputError that says what is wrong
 */
export async function openState(value: unknown, parts: StateParts): Promise<void> {
  const { state, snapshot } = readState(value, parts.definition)
  const { pipeline, history, findings, shoppers, sandbox } = parts
  const entries = state.entries.map((entry) => toPast(entry, state))
  checkEntries(entries)
  const prepared = findings.prepare()
  await observeAgain(entries, snapshot, prepared)
  await pipeline.restore({
    deliveries: settledOf(state.entries),
    counts: state.counts,
    messageIds: state.calls.map(({ messageId }) => messageId),
    mappings: state.mappings,
    settings: state.settings,
    filters: state.filters
  })
  history.clear()
  shoppers.forget()
  if (sandbox && snapshot) sandbox.restore(snapshot)
  else sandbox?.forget()
  entries.forEach(history.add)
  shoppers.restore(snapshot?.auctions ?? [])
  prepared.commit()
}

/** Makes of each entry what the routes will show of it. @throws InputError that names the first entry that has none */
function checkEntries(entries: PastEntry[]): void {
  entries.forEach(({ delivery, ...rest }, index) => {
    try {
      toRow({ ...rest, delivery, sequence: 0, version: 0 }, () => [])
      if (delivery) findDifferences(delivery.payload, delivery.sent, delivery.reason)
    } catch (error) {
      throw broken(`entries[${index}] has an invalid delivery`, error)
    }
  })
}

/** Returns the settled deliveries, in the order in which they were settled. */
function settledOf(entries: SavedEntry[]): Delivery[] {
  return entries
    .flatMap(({ delivery, settled }) => (delivery && settled !== undefined ? [{ delivery, settled }] : []))
    .sort((one, other) => one.settled - other.settled)
    .map(({ delivery }) => delivery)
}

/**
 * Passes the saved events to the checks again, so that the findings are the same.
 *
 * @throws InputError that names the first event that cannot be checked
 */
async function observeAgain(
  entries: PastEntry[],
  snapshot: CheckedState['snapshot'],
  findings: FindingsInput
): Promise<void> {
  snapshot?.auctions.forEach(findings.onAuction)
  snapshot?.links.forEach(findings.onDirect)
  observeDirect(entries, snapshot, findings)
  const results = new Map<TakenEvent, { mapping: Mapping; delivery: Delivery }[]>()
  for (const { call, mapping, delivery } of entries) {
    if (!call || (delivery && !isSettled(delivery))) continue
    const known = results.get(call) ?? []
    if (mapping && delivery) known.push({ mapping, delivery })
    results.set(call, known)
  }
  const seen = new Set<string>()
  await forEachInSlices(results, ([call, known]) => {
    if (seen.has(call.messageId)) return
    seen.add(call.messageId)
    try {
      findings.onSettled(call, known)
    } catch (error) {
      throw broken(
        `the call with the messageId "${clip(call.messageId, 100)}", or what was sent for it, is invalid`,
        error
      )
    }
  })
}

/** Returns the events of the sandbox that no delivery sent. They did not come through Segment. */
function observeDirect(entries: PastEntry[], snapshot: CheckedState['snapshot'], findings: FindingsInput): void {
  const known = new Set(entries.flatMap(({ delivery }) => eventKeysOf(delivery?.sent)))
  for (const request of snapshot?.requests ?? []) {
    if (!eventKeysOf(request).some((key) => known.has(key))) findings.onDirect(request)
  }
}

function isSettled({ stage }: Delivery): boolean {
  return stage !== 'pending retry'
}

function toSaved(
  { receivedAt, label, call, mapping, delivery, tries }: Entry,
  places: Map<Delivery, number>,
  placeOfCall: (call: TakenEvent) => number,
  placeOfExchange: (exchange: Exchange) => number
): SavedEntry {
  return {
    receivedAt,
    label,
    ...(call && { call: placeOfCall(call) }),
    ...(mapping && { mapping }),
    ...(delivery && { delivery, settled: places.get(delivery) }),
    tries: tries.map(({ exchanges, ...rest }) => ({ ...rest, exchanges: exchanges.map(placeOfExchange) }))
  }
}

function toPast({ receivedAt, label, call, mapping, delivery, tries }: SavedEntry, state: WorkbenchState): PastEntry {
  return {
    receivedAt,
    label,
    ...(call !== undefined && { call: state.calls[call] }),
    ...(mapping && { mapping }),
    ...(delivery && { delivery }),
    tries: tries.map(({ exchanges, ...rest }) => ({
      ...rest,
      exchanges: exchanges.map((place) => state.exchanges[place])
    }))
  }
}

/** Saves each value once, because entries share calls, and attempts share requests. */
function createPlaces<Item>(): { items: Item[]; placeOf: (item: Item) => number } {
  const items: Item[] = []
  const places = new Map<Item, number>()
  return {
    items,
    placeOf(item) {
      let place = places.get(item)
      if (place === undefined) {
        place = items.push(item) - 1
        places.set(item, place)
      }
      return place
    }
  }
}
