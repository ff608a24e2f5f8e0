import { isObject, type JsonObject } from '../../core'
import { COUNT_OF_STAGE, type Counts, type Exchange, NO_COUNTS } from '../../pipeline'
import type { Snapshot } from '../../sandbox'
import type { Parts } from '../parts'
import { listEvents } from '../sent-events'
import type { Entry } from './history'
import { findPeople, idsOfCall } from './people'
import { saveState } from './state'
import type { SavedEntry, WorkbenchState } from './read-state'

/** Whose events to save: those of a user id, or those of the user of a delivery. */
export type CaseOf = { user: string } | { event: number }

/**
 * Returns the state of a workbench that has had only one shopper, and no scripts. An event without a user is alone in it.
 * Returns undefined if there is no such user or delivery.
 */
export function saveCase(of: CaseOf, parts: Parts): WorkbenchState | undefined {
  const { history, sandbox } = parts
  const entry = 'event' in of ? history.find(of.event) : undefined
  const idsOf = findPeople(sandbox?.view().links ?? [], history.entries())
  const ids = new Set(('user' in of ? [of.user] : entry ? idsOfEntry(entry) : []).flatMap(idsOf))
  const isOfCase = (other: Entry): boolean => other === entry || idsOfEntry(other).some((id) => ids.has(id))
  const state = saveState(parts, isOfCase)
  const sandboxOfCase = state.sandbox && keepSandboxOf(ids, state.sandbox, state.entries)
  const sentIds = new Set(state.entries.flatMap(({ delivery }) => eventsOf(delivery?.sent)).map(({ id }) => id))
  const isOwn = ({ id, opaqueUserId }: JsonObject): boolean => ids.has(opaqueUserId as string) || sentIds.has(id)
  const isEmpty =
    state.entries.length === 0 && !sandboxOfCase?.auctions.length && eventsOf(sandboxOfCase?.ledger).length === 0
  if (isEmpty) return undefined
  return {
    ...state,
    counts: countEntries(state),
    exchanges: state.exchanges.map((exchange) => keepEvents(isOwn, exchange)),
    ...(sandboxOfCase && { sandbox: sandboxOfCase })
  }
}

/** Returns the ids of the users of an entry: those of its call, and those that Topsort got. */
function idsOfEntry({ call, refused, delivery }: Entry): string[] {
  const sent = eventsOf(delivery?.sent).map(({ opaqueUserId }) => opaqueUserId as string)
  return [...idsOfCall(call ?? refused ?? {}), ...sent]
}

function eventsOf(body: unknown): JsonObject[] {
  return listEvents(body).map(({ event }) => event)
}

/** Removes the events of others from a request. Its answer goes too then, because it may be about them. */
function keepEvents(isOwn: (event: JsonObject) => boolean, exchange: Exchange): Exchange {
  const { request, answer } = exchange
  if (!isObject(request.body) || eventsOf(request.body).every(isOwn)) return exchange
  const body = Object.entries(request.body).map(([type, list]) => [
    type,
    Array.isArray(list) ? list.filter((event) => isObject(event) && isOwn(event)) : list
  ])
  return {
    ...exchange,
    request: { ...request, body: Object.fromEntries(body) },
    ...(answer && { answer: { ...answer, body: null } })
  }
}

/** A catalogue with more products is cut to those of the case. */
const MAX_PRODUCTS = 100

/** Keeps the events of a shopper, and the auctions for the shopper or for the bids of these events. */
function keepSandboxOf(ids: ReadonlySet<string>, sandbox: Snapshot, entries: SavedEntry[]): Snapshot {
  const { impressions, clicks, purchases, pageviews, links } = sandbox.ledger
  const isOwn = ({ opaqueUserId }: { opaqueUserId?: string }): boolean =>
    opaqueUserId !== undefined && ids.has(opaqueUserId)
  const ledger = {
    impressions: impressions.filter(isOwn),
    clicks: clicks.filter(isOwn),
    purchases: purchases.filter(isOwn),
    pageviews: pageviews.filter(isOwn),
    links: links.filter(({ from, to }) => ids.has(from) || ids.has(to))
  }
  const sent = [...eventsOf(ledger), ...entries.flatMap(({ delivery }) => eventsOf(delivery?.sent))]
  const bids = new Set(sent.map(({ resolvedBidId }) => resolvedBidId))
  const auctions = sandbox.auctions.filter(
    (auction) => isOwn(auction) || auction.winners.some(({ resolvedBidId }) => bids.has(resolvedBidId))
  )
  const texts = new Set<unknown>()
  if (sandbox.catalogue.length > MAX_PRODUCTS) collectTexts([ledger, auctions], texts)
  const catalogue = sandbox.catalogue.filter(({ id }) => sandbox.catalogue.length <= MAX_PRODUCTS || texts.has(id))
  return { ...sandbox, ledger, auctions, catalogue, scripts: { events: [], auctions: [] } }
}

function collectTexts(value: unknown, texts: Set<unknown>): void {
  if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) collectTexts(item, texts)
  else texts.add(value)
}

function countEntries({ calls, entries }: WorkbenchState): Counts {
  const withoutCall = entries.filter(({ call }) => call === undefined).length
  const counts = { ...NO_COUNTS, received: calls.length + withoutCall }
  for (const { delivery } of entries) if (delivery) counts[COUNT_OF_STAGE[delivery.stage]] += 1
  return counts
}

/** Writes a test for `node --test`: the calls of a case still become what was sent for them. */
export function writeCaseTest({ calls, entries }: WorkbenchState): string {
  const expected = entries.flatMap(({ call, mapping, delivery }) =>
    call === undefined ? [] : [[`${calls[call].messageId} ${mapping?.name ?? null}`, delivery?.sent ?? null]]
  )
  return `/**
 * A case of the workbench as a test. It replaces what the workbench has, and keeps its mappings. Start the workbench, then
 * run \`node --test workbench-test.mjs\`.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'

const host = process.env.SEGMENT_HOST ?? \`http://localhost:\${process.env.PORT ?? 3000}\`

/** The calls of the shop. */
const calls = ${JSON.stringify(calls, null, 2)}

/** What Topsort gets, by the message id and the mapping. \`null\`: nothing. */
const expected = ${JSON.stringify(Object.fromEntries(expected), null, 2)}

test('Topsort gets the same for each call of the case', async () => {
  const opened = await fetch(\`\${host}/workbench/state\`, { method: 'PUT', body: JSON.stringify(calls) })
  assert.equal(opened.status, 200)
  const response = await fetch(\`\${host}/workbench/deliveries?wait\`)
  const deliveries = (await response.json()).filter(({ event }) => event)
  const sent = deliveries.map(({ event, mapping, sent = null }) => [\`\${event.messageId} \${mapping}\`, sent])
  assert.deepEqual(Object.fromEntries(sent), expected)
})
`
}
