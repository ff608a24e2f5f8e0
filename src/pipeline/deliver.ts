import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, Result, SegmentEvent } from '@segment/actions-core'
import type { Mapping } from './mappings'

/** What became of one event on one try. */
export type Outcome = {
  /** The HTTP status that the destination gave: 500 where an error came without one, as Segment counts it. */
  status: number
  ok: boolean
  /** What there is to say, such as why the event failed. Empty when there is nothing. */
  message: string
  /** What the destination sent for the event, where it says so. */
  sent?: unknown
}

/** Where events are delivered, and how. */
export type Target<Settings> = {
  definition: DestinationDefinition<Settings>
  settings: Settings
  mapping: Mapping
}

type MultiStatusNode = NonNullable<Result['multistatus']>[number]

/** Segment's own batches are larger; on one machine somebody is waiting for the result. */
const MAX_BATCH_SIZE = 50

/**
 * @returns how many events are handed to the destination together: what the mapping says in `batch_size`, at most and by
 * default 50; a single one when there are no batches
 */
export function batchSize<Settings>(target: Target<Settings>): number {
  if (!isBatched(target)) return 1
  const size = Number(target.mapping.mapping.batch_size)
  return Number.isInteger(size) && size >= 1 ? Math.min(size, MAX_BATCH_SIZE) : MAX_BATCH_SIZE
}

/** A mapping can switch batching off, and not every action can batch. */
function isBatched<Settings>({ definition, mapping: { mapping, partnerAction } }: Target<Settings>): boolean {
  return mapping.enable_batching !== false && definition.actions[partnerAction].performBatch !== undefined
}

/**
 * Hands events that the mapping takes to the destination, once, through Segment's own framework.
 *
 * @returns one outcome for each event, in the order of the events. It never rejects: whatever is thrown is an outcome
 */
export async function deliver<Settings extends JSONObject>(
  target: Target<Settings>,
  events: SegmentEvent[]
): Promise<Outcome[]> {
  return isBatched(target)
    ? deliverBatch(target, events)
    : Promise.all(events.map((event) => deliverOne(target, event)))
}

async function deliverBatch<Settings extends JSONObject>(
  target: Target<Settings>,
  events: SegmentEvent[]
): Promise<Outcome[]> {
  try {
    const results = await new Destination(target.definition).onBatch(events, settingsWithSubscription(target))
    const nodes = results.flatMap(({ multistatus = [] }) => multistatus)
    if (nodes.length !== events.length) {
      throw new Error(`The destination gave ${nodes.length} results for ${events.length} events.`)
    }
    return nodes.map(nodeOutcome)
  } catch (error) {
    return events.map(() => failure(error))
  }
}

/**
 * A `Destination` keeps every response that it gets for as long as it lives. Making one takes microseconds, so each
 * delivery has its own: nothing piles up, and the responses are those of this event.
 */
async function deliverOne<Settings extends JSONObject>(
  target: Target<Settings>,
  event: SegmentEvent
): Promise<Outcome> {
  const destination = new Destination(target.definition)
  const sent = (): Pick<Outcome, 'sent'> => {
    const bodies = destination.responses.map(({ options }) => options.json)
    return bodies.length ? { sent: bodies.length === 1 ? bodies[0] : bodies } : {}
  }
  try {
    await destination.onEvent(event, settingsWithSubscription(target))
    return { status: destination.responses.at(-1)?.status ?? 200, ok: true, message: '', ...sent() }
  } catch (error) {
    return { ...failure(error), ...sent() }
  }
}

function settingsWithSubscription<Settings extends JSONObject>({ settings, mapping }: Target<Settings>): JSONObject {
  const { name, partnerAction, subscribe } = mapping
  return { ...settings, subscriptions: [{ name, partnerAction, subscribe, mapping: mapping.mapping }] }
}

/** A destination that delivered an event, or had nothing to deliver, may say more about it in a text as its body. */
function nodeOutcome(node: MultiStatusNode): Outcome {
  const { status, sent, body } = node
  const note = typeof body === 'string' ? body : ''
  const message = 'errormessage' in node ? node.errormessage : note
  return { status, ok: status >= 200 && status < 300, message, ...(sent === undefined ? {} : { sent }) }
}

function failure(error: unknown): Outcome {
  return { status: statusOf(error) ?? 500, ok: false, message: error instanceof Error ? error.message : String(error) }
}

/** The framework's errors carry a status; the request client's carry the response. */
function statusOf(error: unknown): number | undefined {
  const { status, response } = Object(error) as { status?: unknown; response?: unknown }
  if (typeof status === 'number') return status
  return response === undefined ? undefined : statusOf(response)
}
