import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { compareSent, explainDifferences, type Fields } from '../comparison'
import { createRouter, createDryRun, filterOf, labelOf } from '../pipeline'
import type { EventResult, Filter, Mapping, TakenEvent } from '../pipeline'
import type { Preview, PreviewedResult } from './api'
import type { History } from './state/history'

/** The input of a preview. */
export type PreviewParts<Settings extends JSONObject> = {
  definition: DestinationDefinition<Settings>
  settings: Settings
  /** The saved mappings. */
  mappings: readonly Mapping[]
  /** The customer's destination filters. */
  filters: readonly Filter[]
  history: History
}

/** The number of events in a preview. */
const MAX_EVENTS = 20

/**
 * Runs an edited mapping and the saved mapping with its name on the newest events, and compares the results. Nothing is
 * sent anywhere.
 */
export async function previewMapping<Settings extends JSONObject>(
  edited: Mapping,
  { definition, settings, mappings, filters, history }: PreviewParts<Settings>
): Promise<Preview> {
  const route = createRouter({ destination: definition.name, mappings: [{ ...edited, enabled: true }], filters })
  const taken = newestCalls(history).flatMap((call) => {
    const routed = route(call)
    return 'takers' in routed ? [routed.event] : []
  })
  const events = taken.slice(-MAX_EVENTS)
  const show = async (mapping: Mapping, some: TakenEvent[]): Promise<Map<TakenEvent, PreviewedResult>> => {
    const dryRun = createDryRun(definition, settings, mapping)
    const { fields } = definition.actions[mapping.partnerAction]
    const shown = new Map<TakenEvent, PreviewedResult>()
    for (const event of some) shown.set(event, toResult(await dryRun(event), fields))
    return shown
  }

  const current = mappings.find(({ name, enabled }) => name === edited.name && enabled)
  const before = current ? await show(current, events.filter(filterOf(current))) : undefined
  const after = await show(edited, events)
  return {
    name: edited.name,
    taken: taken.length,
    events: events.map((event) => {
      const now = before?.get(event) ?? null
      const then = after.get(event) as PreviewedResult
      return {
        event: labelOf(event),
        receivedAt: event.receivedAt,
        now,
        then,
        changes: compareSent(now?.sent ?? {}, then.sent ?? {})
      }
    })
  }
}

/** Returns the calls without repeats of an event, oldest first. */
export function newestCalls(history: History): TakenEvent[] {
  const calls = new Map<string, TakenEvent>()
  for (const { call } of history.entries()) if (call && !calls.has(call.messageId)) calls.set(call.messageId, call)
  return [...calls.values()]
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
