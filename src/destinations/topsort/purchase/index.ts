import type { ActionDefinition } from '@segment/actions-core'
import { eventsEndpoint } from '../client'
import type { Conversion } from '../delivery'
import { deliverBatch, deliverOne } from '../delivery'
import { isNone, toFacts } from '../facts'
import * as fields from '../fields'
import type { Settings } from '../generated-types'
import type { LineProblem, Reason } from '../reasons'
import { InvalidEvent } from '../reasons'
import { toText } from '../text'
import type { Purchase, PurchaseItem } from '../types'
import { currency, items } from './fields'
import type { Payload } from './generated-types'
import { addProblem, hasPrice, isUnpriced, toLine } from './order-lines'

export const purchases: Conversion<Payload, Purchase> = {
  noun: 'purchase',
  endpoint: eventsEndpoint('purchases'),
  convert
}

const action: ActionDefinition<Settings, Payload> = {
  title: 'Purchase',
  description: 'Report to Topsort that a user placed an order, with or without promoted products.',
  defaultSubscription: 'type = "track" and event = "Order Completed"',
  fields: {
    ...fields.facts,
    items,
    currency,
    deviceType: fields.deviceType,
    channel: fields.channel,
    ...fields.batching
  },
  perform: (request, { payload, settings }) => deliverOne(request, settings, payload, purchases),
  performBatch: (request, { payload, settings }) => deliverBatch(request, settings, payload, purchases)
}

export default action

/**
 * Makes a purchase of the lines that can be reported.
 * @throws InvalidEvent if a fact is missing or invalid, if no product has a price, or if no line can be reported. Does
 *   not throw if all lines are only unpriced
 */
function convert(payload: Payload, notes: Reason[], { skipZeroPricePurchases }: Settings): Purchase[] {
  const facts = toFacts(payload)
  const of = payload.items.length
  if (of === 0) throw new InvalidEvent({ code: 'items_missing' })
  const products = payload.items.filter(({ productId }) => !isNone(productId))
  if (products.length > 0 && !products.some(hasPrice)) throw new InvalidEvent({ code: 'order_without_prices' })

  const options = { currency: toText(payload.currency), skipsUnpriced: skipZeroPricePurchases !== false }
  const reported: PurchaseItem[] = []
  const problems: LineProblem[] = []
  payload.items.forEach((item, index) => {
    const line = toLine(item, options)
    if (line.ok) reported.push(line.item)
    else addProblem(problems, line, index + 1)
  })

  if (reported.length === 0 && !problems.every(isUnpriced)) {
    throw new InvalidEvent({ code: 'lines_unusable', of, problems })
  }
  if (problems.length > 0) notes.push({ code: reported.length > 0 ? 'lines_left_out' : 'order_unpriced', of, problems })
  return reported.length > 0 ? [{ ...facts, items: reported }] : []
}
