import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { diagnose } from '../../checks'
import { createSlices, forEachInSlices, InputError } from '../../core'
import { explainDifferences, findBlamed, findDifferences } from '../../comparison'
import type { Delivery, Exchange, TakenEvent } from '../../pipeline'
import type { Billable, WholeDelivery } from '../api'
import { countBillable } from '../sent-events'
import type { Parts } from '../parts'
import { listFindings } from '../state/findings'
import type { Entry, History } from '../state/history'
import { readStory } from '../state/story'
import { answerOf, toRow, toSearchable } from '../rows'
import { parseSearch } from '../search'
import { readInput } from '../net/read-input'
import { jsonAnswer, streamList } from '../net/stream-json'

/** Creates the handlers that show the deliveries. */
export function createDeliveryRoutes(parts: Parts) {
  const { pipeline, history, findings, clock } = parts

  /** Returns a function that tells whether a delivery matches the search of the request. */
  function readSearch(c: Context): (delivery: Delivery) => boolean {
    const matches = parseSearch(c.req.query('query') ?? '', clock.now)
    const entries = new Map([...history.entries()].map((entry) => [entry.delivery, entry]))
    return (delivery) => {
      const entry = entries.get(delivery)
      if (entry) return matches(toSearchable(entry, parts))
      return matches({ ...delivery, findings: findings.codesOf(delivery.event?.messageId ?? '') })
    }
  }

  async function list(c: Context): Promise<Response> {
    const matches = readSearch(c)
    const found: Delivery[] = []
    await forEachInSlices(pipeline.deliveries(), (delivery) => {
      if (matches(delivery)) found.push(delivery)
    })
    return jsonAnswer(streamList(entries(found)), { 'X-Dropped': String(pipeline.dropped()) })
  }

  async function latest(c: Context): Promise<Response> {
    const matches = readSearch(c)
    const slices = createSlices()
    for (const delivery of pipeline.deliveries().reverse()) {
      if (slices.areOver()) await slices.next()
      if (matches(delivery)) return c.json(toEntry(delivery))
    }
    const query = c.req.query('query')
    return c.json({ error: query ? `No delivery matches the search: ${query}` : 'There are no deliveries yet.' }, 404)
  }

  async function replay(c: Context): Promise<Response> {
    const { messageIds } = Object(await readInput(c.req.raw)) as { messageIds?: unknown }
    if (!Array.isArray(messageIds)) throw new InputError('The body must be {"messageIds": ["..."]}.')
    const calls = new Map<unknown, TakenEvent>()
    for (const { call } of history.entries()) if (call) calls.set(call.messageId, call)
    const events = messageIds.flatMap((id) => calls.get(id) ?? [])
    pipeline.replay(events)
    return c.json({ replayed: events.length })
  }

  const find = (c: Context) => c.json(toWhole(findEntry(history, Number(c.req.param('sequence'))), parts))

  const counts = (c: Context) => c.json(pipeline.counts())

  const showFindings = (c: Context) => c.json(listFindings(parts))

  const showDiagnosis = (c: Context) => c.json(diagnose(findings.list().filter(({ isResolved }) => !isResolved)))

  return { list, latest, find, replay, counts, findings: showFindings, diagnosis: showDiagnosis }
}

/** Finds an entry of the history. @throws HTTPException 404 if there is no such entry */
export function findEntry(history: History, sequence: number): Entry {
  const entry = history.find(sequence)
  if (entry) return entry
  throw new HTTPException(404, {
    message: `There is no delivery ${sequence}. Only the newest are kept, and GET /workbench/stream shows their numbers.`
  })
}

/** Adds the differences when they are read, because comparing takes time. */
function* entries(deliveries: Delivery[]): Generator<object> {
  for (const delivery of deliveries) yield toEntry(delivery)
}

function toEntry(delivery: Delivery): object {
  const { event, mapping, status, ok, stage, attempts, message, reason, payload, sent } = delivery
  const differences = findDifferences(payload, sent, reason)
  return { event, mapping, status, ok, stage, attempts, message, reason, payload, sent, differences }
}

function toWhole(entry: Entry, parts: Parts): WholeDelivery {
  const { definition, info } = parts
  const { call = entry.refused, mapping, delivery, tries } = entry
  const { payload, sent, reason } = delivery ?? {}
  const action = mapping?.partnerAction
  const fields = new Map(Object.entries(definition.actions)).get(action ?? '')?.fields
  return {
    ...toRow(entry, parts),
    ...(action !== undefined && { action }),
    ...(call && { call: call as unknown as WholeDelivery['call'] }),
    ...(payload !== undefined && { payload }),
    ...(sent !== undefined && { sent }),
    blamed: findBlamed(reason, mapping?.mapping, call),
    story: readStory(entry, parts),
    differences: explainDifferences({ payload, sent, reason }, fields),
    tries: tries.map(({ exchanges, ...attempt }) => ({ ...attempt, answer: answerOf({ ...attempt, exchanges }) })),
    exchanges: tries.flatMap(({ exchanges }): Exchange[] => exchanges),
    billable: info.canSendToTopsort ? toBillable(sent) : null
  }
}

function toBillable(sent: unknown): Billable | null {
  const billable = countBillable(sent)
  return Object.values(billable).some((count) => count > 0) ? billable : null
}
