import type { Options } from '../core'

/** The options that preflight and replay have in common. */
export const SHARED_OPTIONS = {
  mappings: {
    value: 'FILE',
    does: "The customer's mappings: the answer of Segment's Public API to `GET /destinations/{id}/subscriptions`, or Terraform. Default: the presets"
  },
  filters: {
    value: 'FILE',
    does: "The customer's destination filters: the answer of Segment's Public API to `GET /destinations/{id}/filters`"
  },
  from: { value: 'DATE', does: 'Events from this date or time on, in UTC' },
  to: { value: 'DATE', does: 'Events before this date or time, in UTC' },
  source: {
    value: 'ID',
    isMultiple: true,
    does: 'Events of this source only: its id, its folder or its write key. Can be given several times'
  },
  'as-segment-replay': {
    does: "Treats all events as meant for Topsort, and applies no filters, as Segment's own Replay does"
  },
  endpoint: { value: 'URL', does: 'A store that is compatible with S3' }
} as const satisfies Options
