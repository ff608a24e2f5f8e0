import type { JSONObject } from '@segment/actions-core'
import { clicks } from './topsort/click'
import { type Conversion, toFailed, toResult, tryToConvert } from './topsort/delivery'
import type { Settings } from './topsort/generated-types'
import { impressions } from './topsort/impression'
import { impressions as listed } from './topsort/impressionsList'
import { links } from './topsort/linkUsers'
import { pageviews } from './topsort/pageviews'
import { purchases } from './topsort/purchase'

/**
 * Returns the result that an action has for a payload if Topsort stores all that is sent, as the framework has it in a
 * batch. Sends nothing, and never throws.
 */
type Preview = (payload: JSONObject, settings: Settings) => Previewed

type Previewed = { status: number; errormessage?: string; sent?: unknown; body: unknown }

/** A preview of each action. It is several times as quick as `performBatch`, which makes requests and waits for them. */
export const previews: { readonly [action: string]: Preview } = {
  click: toPreview(clicks),
  impression: toPreview(impressions),
  impressionsList: toPreview(listed),
  linkUsers: toPreview(links),
  pageviews: toPreview(pageviews),
  purchase: toPreview(purchases)
}

/** Topsort's answer to a request that it stores. */
const STORED = { ok: true, status: 204, body: '' } as const

function toPreview<Payload, Item>(conversion: Conversion<Payload, Item>): Preview {
  const { endpoint, noun } = conversion
  return (payload, settings) => {
    const converted = tryToConvert(conversion, payload as Payload, settings)
    const result = converted.ok
      ? toResult(endpoint, converted, [{ start: 0, items: converted.items, answer: STORED }])
      : toFailed(converted.failure, noun, [], '')
    const { sent, body } = result
    return result.ok
      ? { status: result.status, sent: sent ?? {}, body }
      : { status: result.failure.status, errormessage: result.message, sent, body }
  }
}
