import { listCodes } from '../core'
import type { Attempt } from '../pipeline'
import type { Sandbox } from '../sandbox'
import type { DeliveryRow, RowAd, RowValue } from './api'
import { readAbout, readAmount, readIds, readPurchaseIds, readSponsored } from './facts'
import type { Parts } from './parts'
import type { Entry } from './state/history'
import { isPartial, type Searchable } from './search'
import { isNothing } from './sent-events'

/** The parts that a row is made with. */
export type RowParts = Partial<Pick<Parts, 'credits'>> & {
  findings: Pick<Parts['findings'], 'codesOf'>
  sandbox?: Pick<Sandbox, 'findBid'>
}

/** Creates the row of an entry for the list of events. */
export function toRow(entry: Entry, parts: RowParts): DeliveryRow {
  const { sequence, receivedAt, nextTryAt, tries } = entry
  const searchable = toSearchable(entry, parts)
  const { event, mapping, stage, status, message, reason, attempts, findings = [] } = searchable
  const last = tries.at(-1)
  const answer = last && answerOf(last)
  const source = sourceOf(entry)
  const about = readAbout(source)
  const ad = toAd(source, parts)
  const value = searchable.readValue?.()
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
    findings,
    ...(answer !== undefined && { answer }),
    ...(isPartial(searchable) && { isPartial: true }),
    ...(mapping !== null && stage === 'delivered' && isNothing(searchable.sent) && { isNothingSent: true }),
    ...(about && { about }),
    ...(ad && { ad }),
    ...(value && { value })
  }
}

/** Creates the input of a search. An entry that had no attempt yet is `received`. */
export function toSearchable(entry: Entry, parts: RowParts): Searchable {
  const { label, mapping, delivery, receivedAt, call, refused } = entry
  const known: Searchable = delivery ?? {
    event: label,
    mapping: mapping?.name ?? null,
    status: 0,
    ok: false,
    stage: 'received',
    attempts: 0,
    message: ''
  }
  return {
    ...known,
    receivedAt,
    call: call ?? refused,
    findings: label ? parts.findings.codesOf(label.messageId) : [],
    readValue: () => toValue(entry, parts)
  }
}

type Source = Parameters<typeof readAbout>[0]

function sourceOf({ call, refused, mapping, delivery }: Entry): Source {
  return {
    call: call ?? refused,
    action: mapping?.partnerAction,
    payload: delivery?.payload,
    sent: delivery?.sent
  }
}

function toAd(source: Source, { sandbox }: RowParts): RowAd | undefined {
  const counts = readSponsored(source)
  if (!counts) return undefined
  const bid = readIds(source).bids.at(0)
  if (bid === undefined) return counts
  const known = sandbox?.findBid(bid)
  const auction = known && { at: new Date(known.auctionedAt).toISOString(), format: known.format }
  return { ...counts, bid, ...(auction && { auction }) }
}

function toValue(entry: Entry, { credits }: RowParts): RowValue | undefined {
  const source = sourceOf(entry)
  const amount = readAmount(source)
  if (!amount) return undefined
  const messageId = entry.label?.messageId ?? ''
  const known = entry.delivery?.ok ? readPurchaseIds(source) : []
  const credit = known.map((order) => credits?.show(order, messageId)).find(Boolean)
  return {
    ...amount,
    order: readIds(source).orders.at(-1) ?? messageId,
    ...(credit && { credited: credit.credited }),
    ...(credit?.lost?.code && { why: credit.lost.code })
  }
}

/**
 * Returns the status of Topsort's own answer in an attempt. Null if a request got no answer, and undefined if there was no
 * request: then the destination has made up the status.
 */
export function answerOf({ status, exchanges }: Pick<Attempt, 'status' | 'exchanges'>): number | null | undefined {
  const last = exchanges.at(-1)
  if (last === undefined) return undefined
  return exchanges.some(({ answer }) => answer?.status === status) ? status : (last.answer?.status ?? null)
}
