import type { ActionDefinition } from '@segment/actions-core'
import { PayloadValidationError } from '@segment/actions-core'
import type { Conversion, Converted } from '../delivery'
import { deliverBatch, deliverOne } from '../delivery'
import { enumerate } from '../enumerate'
import { facts, required } from '../facts'
import * as fields from '../fields'
import type { Settings } from '../generated-types'
import type { Purchase } from '../types'
import { items } from './fields'
import type { Payload } from './generated-types'
import { readLine } from './order-lines'

const purchases: Conversion<Payload, 'purchases'> = { type: 'purchases', noun: 'purchase', convert }

const action: ActionDefinition<Settings, Payload> = {
  title: 'Purchase',
  description:
    'Report to Topsort that a user placed an order. Topsort wants all of them, and finds the promoted products.',
  defaultSubscription: 'type = "track" and event = "Order Completed"',
  fields: { ...fields.facts, items, deviceType: fields.deviceType, channel: fields.channel, ...fields.batching },
  perform: (request, { payload, settings }) => deliverOne(request, settings, payload, purchases),
  performBatch: (request, { payload, settings }) => deliverBatch(request, settings, payload, purchases)
}

export default action

/**
 * A purchase of the lines that can be reported.
 * @throws AggregateAjvError for an order without lines, PayloadValidationError when none of them can be reported for
 *   another reason than its price, or when one has no price and such lines are not to be skipped
 */
function convert(payload: Payload, { skipZeroPricePurchases }: Settings): Converted<Purchase> {
  const base = facts(payload, 'purchase')
  required(payload.items[0], 'items', 'This purchase')

  const lines = payload.items.map(readLine)
  const items = lines.flatMap((line) => ('item' in line ? line.item : []))
  const problems = lines.flatMap((line, index) => ('problem' in line ? { ...line, line: index + 1 } : []))
  const list = enumerate(
    problems.map(({ line, problem }) => `line ${line} ${problem}`),
    '; '
  )

  if (skipZeroPricePurchases === false && problems.some(({ unpriced }) => unpriced)) {
    throw new PayloadValidationError(
      `This order has lines that Topsort does not take: ${list}. Send prices above 0, or switch on the setting that leaves such lines out.`
    )
  }
  if (items.length > 0) {
    return { events: [{ ...base, items }], note: list ? `Left out of this order: ${list}.` : undefined }
  }
  if (problems.every(({ unpriced }) => unpriced)) {
    return { events: [], note: `No line of this order has a price above 0: ${list}.` }
  }
  throw new PayloadValidationError(`No line of this order can be reported: ${list}.`)
}
