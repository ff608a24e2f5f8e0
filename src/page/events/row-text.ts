import { sayReason } from '../mappings/say-failure'
import type { DeliveryRow, NoCreditCode, RowAbout, RowValue } from '../../workbench/api'
import { formatMoney } from '../format'
import type { Tone } from '../ui'

/** The result of an event in a few words, its color, and the value of `is:` that finds such events. */
export type Result = { text: string; tone: Tone; is: string }

/** Describes the result of an event: `delivered 204`, `not sent`. It has a status only if Topsort answered. */
export function resultOf({ stage, answer, isPartial, isNothingSent }: DeliveryRow): Result {
  const status = answer === undefined ? '' : answer === null ? ', no answer' : ` ${answer}`
  switch (stage) {
    case 'received':
      return { text: 'received', tone: 'accent', is: 'received' }
    case 'filtered':
      return { text: 'filtered', tone: 'neutral', is: 'filtered' }
    case 'pending retry':
      return { text: `pending retry${status}`, tone: 'waiting', is: 'pending' }
    case 'failed on ingest':
      return { text: 'failed on ingest', tone: 'bad', is: 'ingest' }
    case 'failed':
      return { text: answer === undefined ? 'not sent' : `failed${status}`, tone: 'bad', is: 'failed' }
    case 'delivered':
      if (isNothingSent) return { text: 'nothing to send', tone: 'neutral', is: 'delivered' }
      if (isPartial) return { text: `in part${status}`, tone: 'waiting', is: 'partial' }
      return { text: `delivered${status}`, tone: 'good', is: 'delivered' }
  }
}

/** Returns the name of an event, or its type if it has no name. */
export function titleOf({ event, stage }: Pick<DeliveryRow, 'event' | 'stage'>): string {
  if (event === null) return stage === 'delivered' ? 'Request with a warning' : 'Refused request'
  return event.name || (event.type ? `${event.type} call` : 'Unnamed event')
}

/** Returns the user of an event: the id that Topsort gets by default. */
export function userOf({ event }: Pick<DeliveryRow, 'event'>): string {
  return event?.anonymousId ?? event?.userId ?? ''
}

/** Returns the message of an event if something is wrong with it. That no mapping takes an event is as it should be. */
export function problemOf(row: DeliveryRow): string {
  return row.stage === 'filtered' ? '' : messageOf(row)
}

/** Returns the message of an event, about a missing value in words for the engineer of a shop. */
export function messageOf({ message, reason }: Pick<DeliveryRow, 'message' | 'reason'>): string {
  return sayReason({ message, reason }, '', [])
}

/** Writes what an event is about: `Vanilla yogurt × 2, 1 more`. */
export function describeAbout({ kind, id, name, quantity, more }: RowAbout): string {
  const count = quantity === undefined ? '' : ` × ${quantity}`
  const others = more === undefined ? '' : `, ${more} more`
  if (kind === 'product') return `${name ?? id ?? 'a product'}${count}${others}`
  if (kind === 'page') return name === undefined ? (id ?? '') : `${id ?? ''} (${name})`
  if (kind === 'link') return `${id ?? ''} and ${name ?? ''}`
  return `${kind === 'banner' ? 'Banner' : 'Vendor'} ${id ?? ''}${others}`
}

/** Why an order line got no credit, in a few words. */
export const NO_CREDIT: Record<NoCreditCode, string> = {
  offsite_ad: 'offsite ad',
  outside_window: 'too late',
  later_auction: 'before its auction',
  other_vendor: 'other vendor',
  other_user: 'other user id',
  only_seen: 'ad was not clicked',
  click_without_product: 'click names no product',
  halo_off: 'other product',
  view_without_product: 'banner was not clicked',
  organic: 'click without bid',
  other_product: 'other product',
  other_user_of_visit: 'other user id',
  no_ad: 'no ad before'
}

/** Describes the credit for an order: `credited`, `uncredited: other user id`. */
export function creditOf(
  { amount, credited, why }: RowValue,
  stage: DeliveryRow['stage']
): Pick<Result, 'text' | 'tone'> {
  if (stage === 'failed' || stage === 'failed on ingest') return { text: 'not reported', tone: 'bad' }
  if (credited === undefined) return { text: '', tone: 'neutral' }
  if (why === undefined) return { text: 'credited', tone: 'good' }
  if (credited > 0 && credited < amount) return { text: `${formatMoney(credited)} credited`, tone: 'good' }
  return { text: `uncredited: ${NO_CREDIT[why]}`, tone: 'waiting' }
}
