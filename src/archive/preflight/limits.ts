import type { Forgotten } from '../../checks'
import { HOUR, MINUTE } from '../../core'
import type { AttributionSettings } from '../../sandbox/attribution'

const NAMES = { bids: 'bids', users: 'users', orders: 'orders', ids: 'event ids' }

/** Says which of the attribution settings a report cannot follow, in whole sentences. */
export function describeAttribution({ halo, ...formats }: AttributionSettings): string[] {
  const names = Object.entries(formats).flatMap(([format, { model }]) => (model === 'last-impression' ? [format] : []))
  return sentencesOf([
    names.length > 0 &&
      `Views of ${names.join(', ')} get credit by your settings. This report gives credit to clicks only, so the credited revenue is too low.`,
    halo &&
      'Halo attribution is on. This report credits only the product that was clicked, so the credited revenue is too low.'
  ])
}

/** Describes what a report may lack because memory is bounded, in whole sentences. */
export function describeLimits(
  { window, past }: Forgotten,
  forgottenEvents: number,
  forgottenClicks: number,
  forgottenOrders: number
): string[] {
  const lacking = Object.entries(NAMES).flatMap(([key, name]) => (past[key as keyof typeof NAMES] > 0 ? [name] : []))
  return sentencesOf([
    window < HOUR &&
      `The archive has so many events that the checks compared only those of ${Math.floor(window / MINUTE)} minutes in detail. So banner-no-follow-up may be more frequent than shown, and so may double-purchase of orders without an order id. Split the archive with --split, and read the parts, to find all of them.`,
    lacking.length > 0 &&
      `The archive has more ${lacking.join(', ')} than the checks remember, so mistakes with old ones are missed: stale-bid and double-impression of bids, user-id-mismatch and no-interaction of users, double-purchase of orders, shared-id of event ids. Split the archive with --split, and read the parts, to find all of them.`,
    forgottenEvents > 0 &&
      'The archive has more events a day than are remembered, so repeats of a message id are found among the last two million events only.',
    forgottenClicks > 0 &&
      'The archive has more users than are remembered, so credit and earlier clicks are counted for the newest only, and are too low.',
    forgottenOrders > 0 &&
      'The archive has more orders without credit than are remembered. So clicks that were received more than an hour after the order are considered for the newest orders only, and credit is too low.'
  ])
}

function sentencesOf(sentences: (string | false)[]): string[] {
  return sentences.filter((sentence) => sentence !== false)
}
