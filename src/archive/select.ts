import type { SegmentEvent } from '@segment/actions-core'
import { InputError, toUtc } from '../core'

/** Which events of an archive are meant. Without any of these, all are. */
export type Selection = {
  /** The first time, in epoch milliseconds. */
  from?: number
  /** The time after the last one, in epoch milliseconds. */
  to?: number
  /** Ids of sources: the folder in `segment-logs`, the event's `projectId`, or its `writeKey`. */
  sources?: readonly string[]
}

/** Reads the options of a command line that choose events. @throws InputError that says what to change */
export function readSelection({ from, to, source }: { from?: string; to?: string; source?: string[] }): Selection {
  const selection: Selection = {
    ...(from !== undefined && { from: readTime('--from', from) }),
    ...(to !== undefined && { to: readTime('--to', to) }),
    ...(source && { sources: source })
  }
  if ((selection.from ?? -Infinity) >= (selection.to ?? Infinity)) throw new InputError('--to is not after --from.')
  return selection
}

/** Tells whether an event of a file is meant. */
export type Select = (event: SegmentEvent, file: string) => boolean

/** Creates the function that tells which events are meant. An event without a readable time is within any time. */
export function createSelect({ from = -Infinity, to = Infinity, sources = [] }: Selection): Select {
  const isAllTime = from === -Infinity && to === Infinity
  const wanted = new Set(sources)
  return (event, file) => {
    if (!isAllTime) {
      const time = toUtc(event.timestamp)
      if (time < from || time >= to) return false
    }
    return wanted.size === 0 || isFrom(wanted, event, file)
  }
}

function isFrom(wanted: ReadonlySet<unknown>, event: SegmentEvent, file: string): boolean {
  const { projectId, writeKey } = event as SegmentEvent & { projectId?: unknown; writeKey?: unknown }
  return wanted.has(projectId) || wanted.has(writeKey) || wanted.has(/segment-logs\/([^/]+)\//.exec(file)?.[1])
}

/**
 * Reads `--from` or `--to`: a date, which is its midnight in UTC, or a time in ISO 8601.
 *
 * @throws InputError if it is neither
 */
function readTime(option: string, text: string): number {
  const time = /^\d{4}-\d\d-\d\d(T.*)?$/.test(text) ? toUtc(text) : NaN
  if (Number.isNaN(time))
    throw new InputError(`${option} ${text} is not a date. Write 2026-01-31 or 2026-01-31T12:00:00Z.`)
  return time
}
