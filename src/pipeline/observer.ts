import type { JsonObject } from '../core'
import type { Delivery } from './delivery'
import type { Exchange } from './exchanges'
import type { TakenEvent } from './intake'
import type { Mapping } from './mappings'

/** One attempt to deliver an event, with its requests. */
export type Attempt = {
  /** When it started, ISO 8601. */
  at: string
  /** How long it took, in milliseconds. */
  duration: number
  /** The status and the message of the result. */
  status: number
  message: string
  /** The requests about the event. A request of a batch is about several events, and is the same object for all. */
  exchanges: Exchange[]
}

/** Functions that are called at each step of each event. */
export type Observer = {
  /** A mapping takes the event, and will deliver it. */
  received: (event: TakenEvent, mapping: Mapping) => void
  /** An attempt has ended. It is not the last one if the delivery is `pending retry`. */
  attempted: (event: TakenEvent, mapping: Mapping, delivery: Delivery, attempt: Attempt, nextTryAt?: number) => void
  /** An event or a request reaches no mapping. If Segment would refuse it, `refused` is the call as it was sent. */
  undelivered: (delivery: Delivery, event?: TakenEvent, refused?: JsonObject) => void
  /** A request of a stranger was refused. */
  strayed: (delivery: Delivery) => void
}
