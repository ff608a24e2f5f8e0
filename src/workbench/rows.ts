import { listCodes } from '../core'
import type { DeliveryRow } from './api'
import type { Entry } from './state/history'
import type { Searchable } from './search'

/** Returns the codes of the findings about an event. */
export type CodesOf = (messageId: string) => string[]

/** Creates the row of an entry for the list of events. */
export function toRow(entry: Entry, codesOf: CodesOf): DeliveryRow {
  const { sequence, receivedAt, nextTryAt } = entry
  const { event, mapping, stage, status, message, reason, attempts, findings = [] } = toSearchable(entry, codesOf)
  return {
    sequence,
    receivedAt,
    event,
    mapping,
    stage,
    status,
    message,
    ...(reason && { reason }),
    codes: listCodes(reason),
    attempts,
    ...(nextTryAt !== undefined && { nextTryAt: new Date(nextTryAt).toISOString() }),
    findings
  }
}

/** Creates the input of a search. An entry that had no attempt yet is `received`. */
export function toSearchable({ label, mapping, delivery }: Entry, codesOf: CodesOf): Searchable {
  const findings = label ? codesOf(label.messageId) : []
  const known: Searchable = delivery ?? {
    event: label,
    mapping: mapping?.name ?? null,
    status: 0,
    ok: false,
    stage: 'received',
    attempts: 0,
    message: ''
  }
  return { ...known, findings }
}
