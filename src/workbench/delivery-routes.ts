import type { Context } from 'hono'
import type { Delivery, Pipeline } from '../pipeline'
import { type Difference, findDifferences } from '../pipeline/differences'
import { parseSearch } from './search'
import { jsonAnswer, streamList } from './stream-json'

/** A delivery as the routes show it. */
export type DeliveryEntry = Delivery & {
  /** What the destination changed in the payload, or did not send. */
  differences: Difference[]
}

/** Answers the deliveries that match the search in `query`, oldest first. `X-Dropped` counts those that are gone. */
export function answerDeliveries(c: Context, pipeline: Pipeline): Response {
  return jsonAnswer(streamList(entries(found(c, pipeline))), { 'X-Dropped': String(pipeline.dropped()) })
}

/** Answers the newest delivery that matches the search, or 404. */
export function answerLatest(c: Context, pipeline: Pipeline): Response {
  const latest = found(c, pipeline).at(-1)
  if (latest) return c.json(toEntry(latest))
  const query = c.req.query('query')
  return c.json({ error: query ? `No delivery matches the search: ${query}` : 'There are no deliveries yet.' }, 404)
}

/** @throws InputError if the search cannot be read */
function found(c: Context, pipeline: Pipeline): Delivery[] {
  return pipeline.deliveries().filter(parseSearch(c.req.query('query') ?? ''))
}

/** Compares only what is really read. */
function* entries(deliveries: Delivery[]): Generator<DeliveryEntry> {
  for (const delivery of deliveries) yield toEntry(delivery)
}

function toEntry(delivery: Delivery): DeliveryEntry {
  const { event, mapping, status, ok, stage, attempts, message, payload, sent } = delivery
  const differences = findDifferences(payload, sent)
  return { event, mapping, status, ok, stage, attempts, message, payload, sent, differences }
}
