import type { JSONObject } from '@segment/actions-core'
import { findDifferences } from '../../comparison'
import { clip, forEachInSlices, getOrCreate, groupBy, isObject } from '../../core'
import type { Delivery, Exchange, SettledResult, TakenEvent } from '../../pipeline'
import { changeSettings, listWindows } from '../../sandbox'
import { eventKeysOf } from '../sent-events'
import { toRow } from '../rows'
import { describeSettings } from '../definition'
import type { Parts } from '../parts'
import type { FindingsInput } from './findings'
import type { Entry, PastEntry } from './history'
import { broken, readState, STATE_FORMAT, STATE_VERSION } from './read-state'
import type { CheckedState, SavedEntry, WorkbenchState } from './read-state'

/**
 * Returns the current state. It includes events that wait for an attempt, but they are not delivered after a restart.
 *
 * @param isWanted whether to save an entry. Default: all entries
 */
export function saveState(
  { definition, pipeline, history, shoppers, sandbox }: Parts,
  isWanted: (entry: Entry) => boolean = () => true
): WorkbenchState {
  const calls = createPlaces<TakenEvent>()
  const exchanges = createPlaces<Exchange>()
  const places = new Map(pipeline.deliveries().map((delivery, place) => [delivery, place]))
  const entries = [...history.entries()]
    .filter(isWanted)
    .map((entry) => toSaved(entry, places, calls.placeOf, exchanges.placeOf))
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
    calls: calls.list(),
    exchanges: exchanges.list(),
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
export async function openState(value: unknown, parts: Parts): Promise<void> {
  const { state, snapshot } = readState(value, parts.definition)
  const { pipeline, history, findings, shoppers, sandbox } = parts
  const entries = state.entries.map((entry) => toPast(entry, state))
  checkEntries(entries)
  // The attribution windows that the sandbox has after it continues from the snapshot.
  const settings = sandbox && changeSettings(sandbox.attributionSettings(), snapshot?.attribution ?? {})
  const prepared = findings.prepare(settings && listWindows(settings))
  await observeSaved(entries, snapshot, prepared)
  await pipeline.restore({
    deliveries: settledOf(state.entries),
    counts: state.counts,
    messageIds: state.calls.map(({ messageId }) => messageId),
    mappings: state.mappings,
    settings: state.settings,
    filters: state.filters
  })
  history.clear({ savedAt: state.savedAt, masked: state.masked })
  shoppers.forget()
  if (sandbox && snapshot) sandbox.restore(snapshot)
  else sandbox?.forget()
  for (const entry of entries) history.add(entry)
  shoppers.restore(snapshot?.auctions ?? [])
  prepared.commit(true)
}

/**
 * Passes the saved events to the checks, so that the findings are the same.
 *
 * @throws InputError that names the first event that cannot be checked
 */
async function observeSaved(entries: PastEntry[], seen: Seen | undefined, findings: FindingsInput): Promise<void> {
  observeSeen(entries, seen, findings)
  await forEachInSlices(resultsOf(entries), ([call, results]) => {
    try {
      observeResults(findings, call, results)
    } catch (error) {
      const id = clip(call.messageId, 100)
      throw broken(`the call with the messageId "${id}", or what was sent for it, is invalid`, error)
    }
  })
}

/** Makes of each entry what the routes will show of it. @throws InputError that names the first entry that has none */
function checkEntries(entries: PastEntry[]): void {
  entries.forEach(({ delivery, ...rest }, index) => {
    try {
      toRow({ ...rest, delivery, sequence: 0, version: 0 }, { findings: { codesOf: () => [] } })
      if (delivery) findDifferences(delivery.payload, delivery.sent, delivery.reason)
    } catch (error) {
      throw broken(`entries[${index}] has an invalid delivery`, error)
    }
  })
}

/**
 * Looks for mistakes again, with the attribution windows of the sandbox. Events that are no longer kept cannot be judged
 * again, so their findings are gone.
 */
export function judgeAgain({ history, findings, shoppers, sandbox }: Parts): void {
  if (!sandbox) return
  const all = [...history.entries()]
  const isPending = ({ mapping, delivery }: Entry): boolean =>
    mapping !== undefined && !(delivery && isSettled(delivery))
  const pending = new Set(all.filter(isPending).map(({ label }) => label?.messageId))
  const entries = all.filter(({ label }) => !pending.has(label?.messageId))
  const ids = [...new Set(all.flatMap(({ label }) => label?.messageId ?? []))]
  const listMarked = (): string[] => ids.filter((id) => findings.codesOf(id).length > 0)
  const marked = listMarked()

  const { links, ...events } = sandbox.view()
  const requests = Object.entries(events)
    .flatMap(([type, list]) => list.map((event) => ({ [type]: [event] })))
    .filter((request) => eventKeysOf(request).some(findings.cameDirectly))
  const prepared = findings.prepare(listWindows(sandbox.attributionSettings()))
  observeSeen(entries, { auctions: shoppers.auctions(), links, requests }, prepared)
  for (const [call, results] of resultsOf(entries)) observeResults(prepared, call, results)
  prepared.commit(false)
  for (const id of new Set([...marked, ...listMarked()])) history.touch(id)
}

/** Returns the settled deliveries, in the order in which they were settled. */
function settledOf(entries: SavedEntry[]): Delivery[] {
  return entries
    .flatMap(({ delivery, settled }) => (delivery && settled !== undefined ? [{ delivery, settled }] : []))
    .sort((one, other) => one.settled - other.settled)
    .map(({ delivery }) => delivery)
}

/** What the sandbox has seen: auctions, links and events, which did not all come through Segment. */
type Seen = Pick<NonNullable<CheckedState['snapshot']>, 'auctions' | 'links' | 'requests'>

/** Passes what the sandbox has seen to the checks again. Events that no delivery sent did not come through Segment. */
function observeSeen(entries: PastEntry[], seen: Seen | undefined, findings: FindingsInput): void {
  const sent = new Set(entries.flatMap(({ delivery }) => eventKeysOf(delivery?.sent)))
  seen?.auctions.forEach(findings.onAuction)
  seen?.links.forEach(findings.onDirect)
  seen?.requests.filter((request) => !eventKeysOf(request).some((key) => sent.has(key))).forEach(findings.onDirect)
}

/** Passes a call to the checks again. What is kept does not say why a call has no delivery, so it counts as kept out. */
function observeResults(findings: FindingsInput, call: TakenEvent, results: SettledResult[]): void {
  findings.onSettled(call, results, results.length === 0)
}

/** Returns the calls of the entries with their final results. A repeat of a call is left out. */
function resultsOf(entries: PastEntry[]): [TakenEvent, SettledResult[]][] {
  const results = new Map<TakenEvent, SettledResult[]>()
  for (const { call, mapping, delivery } of entries) {
    if (!call || (delivery && !isSettled(delivery))) continue
    const known = getOrCreate(results, call, (): SettledResult[] => [])
    if (mapping && delivery) known.push({ mapping, delivery })
  }
  const groups = groupBy(results, ([{ messageId }]) => messageId)
  return [...groups.values()].map(([first]) => first)
}

function isSettled({ stage }: Delivery): boolean {
  return stage !== 'pending retry'
}

function toSaved(
  { receivedAt, label, call, refused, mapping, delivery, tries }: Entry,
  places: Map<Delivery, number>,
  placeOfCall: (call: TakenEvent) => number,
  placeOfExchange: (exchange: Exchange) => number
): SavedEntry {
  return {
    receivedAt,
    label,
    ...(mapping && { mapping }),
    ...(call && { call: placeOfCall(call) }),
    ...(refused && { refused: refused as JSONObject }),
    ...(delivery && { delivery, settled: places.get(delivery) }),
    tries: tries.map(({ exchanges, ...rest }) => ({ ...rest, exchanges: exchanges.map(placeOfExchange) }))
  }
}

function toPast(
  { receivedAt, label, call, refused, mapping, delivery, tries }: SavedEntry,
  state: WorkbenchState
): PastEntry {
  return {
    receivedAt,
    label,
    ...(call !== undefined && { call: state.calls[call] }),
    ...(isObject(refused) && { refused }),
    ...(mapping && { mapping }),
    ...(delivery && { delivery }),
    tries: tries.map(({ exchanges, ...rest }) => ({
      ...rest,
      exchanges: exchanges.map((place) => state.exchanges[place])
    }))
  }
}

/** Saves each value once, because entries share calls, and attempts share requests. */
function createPlaces<Item>() {
  const places = new Map<Item, number>()
  return {
    list: (): Item[] => [...places.keys()],
    placeOf: (item: Item): number => getOrCreate(places, item, () => places.size)
  }
}
