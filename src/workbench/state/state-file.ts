import type { JSONObject } from '@segment/actions-core'
import type { Counts, Delivery, EventLabel, Exchange, Mapping, TakenEvent } from '../../pipeline'
import type { Snapshot } from '../../sandbox'

/** Distinguishes the file of a state from other JSON. */
export const STATE_FORMAT = 'topsort-workbench-state'

/** Increased when older versions can no longer read the file. */
export const STATE_VERSION = 1

/** The largest file, in bytes. Enough for 10,000 events of the largest size. */
export const MAX_STATE_BYTES = 400_000_000

/** The whole state of a workbench, without keys. Lists are newest last. */
export type WorkbenchState = {
  format: typeof STATE_FORMAT
  version: typeof STATE_VERSION
  /** ISO 8601. */
  savedAt: string
  /** Whether user ids are replaced by pseudonyms. */
  masked: boolean
  counts: Counts
  mappings: Mapping[]
  settings: JSONObject
  /** The destination filters, as they were given. Older versions save none. */
  filters?: unknown
  /** The Segment calls. Entries refer to them by their index in this list. */
  calls: TakenEvent[]
  /** The requests of the destination. Attempts refer to them by their index in this list. */
  exchanges: Exchange[]
  entries: SavedEntry[]
  /** Absent in live mode. */
  sandbox?: Snapshot
}

export type SavedEntry = {
  receivedAt: string
  label: EventLabel | null
  call?: number
  /** The call as the shop sent it, if Segment would refuse it. */
  refused?: JSONObject
  mapping?: Mapping
  delivery?: Delivery
  /** The index among the settled deliveries. Absent while the entry waits for an attempt. */
  settled?: number
  tries: { at: string; duration: number; status: number; message: string; exchanges: number[] }[]
}
