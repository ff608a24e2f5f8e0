import { type JSONObject, transform } from '@segment/actions-core'
import { compareSent, explainDifferences, type Fields } from '../../comparison'
import { createDryRun, createRouter, filterOf, labelOf, readFilters } from '../../pipeline'
import type { EventResult, Mapping, TakenEvent } from '../../pipeline'
import type { Preview, PreviewedResult } from '../api'
import type { Parts } from '../parts'
import type { History } from '../state/history'
import { findAbsentInTrigger, findAbsentPaths } from './absent'
import { listItemPaths, listPaths } from './event-paths'
import { listFailures } from './failures'
import { findOverlaps } from './overlaps'

/** The number of events in a preview. */
const MAX_EVENTS = 20

/**
 * Runs an edited mapping and the saved mapping with its name on the newest events, and compares the results. Nothing is
 * sent anywhere.
 */
export async function previewMapping(edited: Mapping, { definition, pipeline, history }: Parts): Promise<Preview> {
  const mappings = pipeline.mappings()
  const filters = readFilters(pipeline.filters())
  const route = createRouter({ destination: definition.name, mappings: [{ ...edited, enabled: true }], filters })
  const calls = newestCalls(history)
  const taken = calls.flatMap((call) => {
    const routed = route(call)
    return 'takers' in routed ? [routed.event] : []
  })
  const events = taken.slice(-MAX_EVENTS)
  const run = async (mapping: Mapping, some: TakenEvent[]): Promise<Map<TakenEvent, EventResult>> => {
    const dryRun = createDryRun(definition, pipeline.settings(), mapping)
    const results = new Map<TakenEvent, EventResult>()
    for (const event of some) results.set(event, await dryRun(event))
    return results
  }

  const { fields } = definition.actions[edited.partnerAction]
  const current = mappings.find(({ name, enabled }) => name === edited.name && enabled)
  const before = current && (await run(current, events.filter(filterOf(current))))
  const after = await run(edited, events)
  return {
    name: edited.name,
    taken: taken.length,
    events: events.map((event) => {
      const earlier = before?.get(event)
      const now = earlier && current ? toResult(earlier, definition.actions[current.partnerAction].fields) : null
      const then = toResult(after.get(event) as EventResult, fields)
      return {
        event: labelOf(event),
        receivedAt: event.receivedAt,
        now,
        then,
        values: readValues(edited.mapping, event),
        changes: compareSent(now?.sent ?? {}, then.sent ?? {})
      }
    }),
    failures: listFailures(events.map((event) => ({ event, result: after.get(event) as EventResult }))),
    overlaps: findOverlaps(edited, mappings, events),
    absentPaths: findAbsentPaths(edited.mapping, events),
    absentInTrigger: findAbsentInTrigger(edited.subscribe, calls),
    paths: listPaths(events),
    itemPaths: listItemPaths(events)
  }
}

/** Returns the calls without repeats of an event, oldest first. */
export function newestCalls(history: History): TakenEvent[] {
  const calls = new Map<string, TakenEvent>()
  for (const { call } of history.entries()) if (call && !calls.has(call.messageId)) calls.set(call.messageId, call)
  return [...calls.values()]
}

/** Returns what each field of a mapping reads from an event. Omits a field whose directives cannot be applied to it. */
function readValues(mapping: JSONObject, event: TakenEvent): JSONObject {
  const values: JSONObject = {}
  for (const [key, value] of Object.entries(mapping)) {
    try {
      Object.assign(values, transform({ [key]: value }, event as unknown as JSONObject))
    } catch {
      // The result of the event says which field it is, and why.
    }
  }
  return values
}

function toResult({ ok, message, reason, payload, sent }: EventResult, fields: Fields): PreviewedResult {
  return {
    ok,
    message,
    ...(reason && { reason }),
    ...(payload !== undefined && { payload }),
    ...(sent !== undefined && { sent }),
    differences: explainDifferences({ payload, sent, reason }, fields)
  }
}
