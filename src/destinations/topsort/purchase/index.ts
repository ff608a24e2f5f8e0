import type { ActionDefinition } from '@segment/actions-core'
import { PayloadValidationError } from '@segment/actions-core'
import { eventsEndpoint } from '../client'
import type { Conversion, Converted } from '../delivery'
import { deliverBatch, deliverOne } from '../delivery'
import { missing, toFacts } from '../facts'
import * as fields from '../fields'
import type { Settings } from '../generated-types'
import { enumerate } from '../messages'
import { toText } from '../text'
import type { Purchase } from '../types'
import { currency, items } from './fields'
import type { Payload } from './generated-types'
import { isMissing, isWithoutProduct, toLine } from './order-lines'

const purchases: Conversion<Payload, Purchase> = { noun: 'purchase', endpoint: eventsEndpoint('purchases'), convert }

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
 * @throws PayloadValidationError if a fact is missing or invalid, if no product has a price, or if no line can be
 *   reported. Does not throw if all lines are only unpriced
 */
function convert(payload: Payload, { skipZeroPricePurchases }: Settings): Converted<Purchase> {
  const facts = toFacts(payload, 'purchase')
  if (payload.items.length === 0) throw missing('items', 'purchase')
  const products = payload.items.filter((line) => !isWithoutProduct(line))
  if (products.length > 0 && products.every(({ unitPrice }) => isMissing(unitPrice))) {
    throw new PayloadValidationError(
      'No line of this order has a price. Send it as price, or map the field Unit Price of Items to the property that has it.'
    )
  }

  const options = { currency: toText(payload.currency), skipsUnpriced: skipZeroPricePurchases !== false }
  const lines = payload.items.map((line) => toLine(line, options))
  const reported = lines.flatMap((line) => (line.ok ? line.item : []))
  const problems = lines.flatMap((line, index) => (line.ok ? [] : `line ${index + 1} ${line.problem}`))
  const list = enumerate(problems, '; ')

  if (reported.length > 0) {
    return { items: [{ ...facts, items: reported }], note: list ? `Left out of this order: ${list}.` : undefined }
  }
  if (lines.every((line) => !line.ok && line.unpriced)) {
    return { items: [], note: `No line of this order has a price above 0: ${list}.` }
  }
  throw new PayloadValidationError(`No line of this order can be reported: ${list}.`)
}
