import type { JSONObject } from '@segment/actions-core'
import type { Counts, Delivery, EventLabel, Exchange, Mapping, TakenEvent } from '../pipeline'
import type { Snapshot } from '../sandbox'

/** Tells a file of a state from any other JSON. */
export const STATE_FORMAT = 'topsort-workbench-state'

/** Raised when older versions cannot read the file any more. */
export const STATE_VERSION = 1

/** Everything that a workbench knows, without any key. Lists are newest last. */
export type WorkbenchState = {
  format: typeof STATE_FORMAT
  version: typeof STATE_VERSION
  /** ISO 8601. */
  savedAt: string
  /** Whether user ids are replaced. */
  masked: boolean
  counts: Counts
  mappings: Mapping[]
  settings: JSONObject
  /** The Segment calls. An entry refers to its call by the place in this list. */
  calls: TakenEvent[]
  /** The requests of the destination. A try refers to them by their places in this list. */
  exchanges: Exchange[]
  entries: SavedEntry[]
  /** Absent in live mode. */
  sandbox?: Snapshot
}

export type SavedEntry = {
  receivedAt: string
  label: EventLabel | null
  call?: number
  mapping?: Mapping
  delivery?: Delivery
  /** The place among the deliveries that are settled. Absent while it waits for a try. */
  settled?: number
  tries: { at: string; duration: number; status: number; message: string; exchanges: number[] }[]
}
