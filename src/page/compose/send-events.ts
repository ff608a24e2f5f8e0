import { TopsortClient } from '@topsort/sdk'
import { post } from '../api'
import type { PastedEvent } from './parse-events'
import { prepareEvents } from './prepare-events'

type Sending = {
  events: readonly PastedEvent[]
  /** The number of times that all events are sent, each time as another shopper. */
  times: number
  /** The auction whose first winner has the bid. Default: one for a listing of the catalogue. */
  auction?: object
  /** The start of the message ids of events that have none of their own. */
  run: string
}

/** Segment takes at most 500 KB in a request, and an event has at most 32 KB. */
const MAX_EVENTS = 100

/** Topsort takes at most five auctions in a request. */
const MAX_AUCTIONS = 5

/**
 * Sends events to the workbench as Segment's SDKs do. Yields the events of each request that was accepted.
 *
 * @throws WorkbenchError if the workbench refuses a request. Earlier requests stay sent
 */
export async function* sendEvents({ events, times, auction, run }: Sending): AsyncGenerator<readonly PastedEvent[]> {
  const needsBid = JSON.stringify(events).includes('{{bid}}')
  const waiting: PastedEvent[] = []
  for (let done = 0; done < times; done += MAX_AUCTIONS) {
    const users = Array.from({ length: Math.min(MAX_AUCTIONS, times - done) }, () => crypto.randomUUID())
    const bids = needsBid ? await runAuctions(users, auction) : []
    users.forEach((user, index) => {
      const preparation = { user, bid: bids[index] ?? '', now: Date.now(), run, isRepeated: times > 1 }
      waiting.push(...prepareEvents(events, preparation))
    })
    const isLast = done + MAX_AUCTIONS >= times
    while (waiting.length >= (isLast ? 1 : MAX_EVENTS)) {
      const batch = waiting.splice(0, MAX_EVENTS)
      await post('/v1/batch', { batch, sentAt: new Date().toISOString() })
      yield batch
    }
  }
}

const DEFAULT_AUCTION = { type: 'listings', slots: 1, products: { ids: ['p_PJbnN'] } }

/** The sandbox accepts any key with this start. */
const topsort = new TopsortClient({ apiKey: 'TSE_sandbox', host: location.origin })

type Auctions = Parameters<typeof topsort.createAuction>[0]['auctions']

/**
 * Runs an auction for each user, and returns the bids of the winners. A user whose auction nobody won has no bid.
 *
 * @param auction default: one for a listing of the catalogue
 * @throws Error that says what to do
 */
export async function runAuctions(users: string[], auction: object = DEFAULT_AUCTION): Promise<(string | undefined)[]> {
  const { auctions: [asked = auction] = [] } = auction as { auctions?: object[] }
  const auctions = users.map((opaqueUserId) => ({ ...asked, opaqueUserId })) as unknown as Auctions
  const { results } = await topsort.createAuction({ auctions }).catch((error: unknown) => {
    const { status = 0 } = error as { status?: number }
    throw new Error(
      `The auction for {{bid}} failed with ${status}. End the scripts in Faults, or write a bid of your own.`
    )
  })
  return results.map(({ winners }) => winners.at(0)?.resolvedBidId)
}
