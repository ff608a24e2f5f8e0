import { text } from '../contract/parts'
import { type Step, stepNeeds, stepProperties } from '../script-queue'
import { compileReader } from '../validation'
import { assetSchema } from './catalogue'
import type { ChosenWinner } from './choose-winners'

/**
 * A step of a script that sets the results of the next auctions. Each auction of a request uses one step.
 *
 * @example
 * // One auction without a winner, then two that p_2 wins.
 * scriptAuctions([{ times: 1, winners: [] }, { times: 2, winners: [{ id: 'p_2' }] }])
 */
export type AuctionScript = Step & {
  /** The winners, best first, up to the `slots` of the auction. Default: the same winners as without a script. */
  winners?: (Pick<ChosenWinner, 'id'> & Partial<ChosenWinner>)[]
  /** Marks the result as failed: `error: true` and no winners. */
  error?: boolean
  /** 400 to 599: the whole request is refused with this status. */
  status?: number
  /** Milliseconds before the answer, at most ten minutes. A request waits for the longest delay of its auctions. */
  delay?: number
}

const scriptsSchema = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    anyOf: stepNeeds,
    properties: {
      ...stepProperties,
      winners: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['id'],
          properties: {
            id: text,
            type: { type: 'string', enum: ['product', 'vendor', 'brand', 'url'] },
            vendorId: text,
            productIds: { type: 'array', items: text },
            variationID: { type: 'string' },
            isFallback: { type: 'boolean' },
            asset: { type: 'array', minItems: 1, items: assetSchema }
          }
        }
      },
      error: { type: 'boolean' },
      status: { type: 'integer', minimum: 400, maximum: 599 },
      delay: { type: 'integer', minimum: 0, maximum: 600_000 }
    }
  }
} as const

/**
 * Checks scripted auctions that come from outside, such as the body of a request.
 *
 * @throws Error with the path of the invalid value: `auctions[0] must have the key times`.
 */
export const parseAuctionScripts = compileReader<AuctionScript[]>(scriptsSchema, 'auctions')
