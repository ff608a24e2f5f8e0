import { stat } from 'node:fs/promises'
import type { SegmentEvent } from '@segment/actions-core'
import { InputError } from '../../core'
import { type DurableFile, openDurableFile } from './durable-file'

/** The reason why an event was rejected. The event's line has it as `_replay`. */
type Rejection = {
  /** The name of the mapping that took the event. If it still exists, only this mapping takes the line when it is replayed. */
  mapping: string
  /** The HTTP status that the destination returned. */
  status: number
  reason: string
  /** Where the event was in the archive. */
  place: string
}

/** The file of the events that Topsort or the destination rejected. It can be replayed like any archive. */
export type RejectedFile = Awaited<ReturnType<typeof openRejectedFile>>

/**
 * Opens the file of rejected events. It is created when the first event is rejected.
 *
 * @param size how many bytes of the file the journal knows. The rest is cut off. Its events have no result in the journal,
 *   so they are sent again
 * @param isNew whether the journal is new. Then an existing file belongs to another replay
 * @param check as for `openDurableFile`
 * @throws InputError if the file is not as the journal left it
 */
export async function openRejectedFile(file: string, size: number, isNew: boolean, check?: () => void) {
  const found = await stat(file).then(
    (facts) => facts.size,
    () => 0
  )
  if (isNew && found > 0) {
    throw new InputError(
      `${file} has the rejected events of an earlier replay. Name another file with --rejected, or move it away.`
    )
  }
  if (found < size) {
    throw new InputError(
      `${file} had ${size} bytes of rejected events, and ${found} are left. Put it back as it was, because the journal goes on from there.`
    )
  }
  let output: DurableFile | undefined = size > 0 || found > 0 ? await openDurableFile(file, size, check) : undefined
  return {
    async add(rejected: readonly { event: SegmentEvent; rejection: Rejection }[]): Promise<void> {
      if (rejected.length === 0) return
      output ??= await openDurableFile(file, 0, check)
      await output.append(
        rejected.map(({ event, rejection }) => `${JSON.stringify({ ...event, _replay: rejection })}\n`).join('')
      )
    },
    /** Returns the size in bytes. */
    size: () => output?.size() ?? 0,
    close: async () => output?.close()
  }
}

/** Separates an event from the name of the mapping that rejected it, if it is from a file of rejected events. */
export function splitRejected(event: SegmentEvent & { _replay?: unknown }): {
  mapping: string | undefined
  event: SegmentEvent
} {
  if (event._replay === undefined) return { mapping: undefined, event }
  const { _replay, ...original } = event
  const { mapping } = Object(_replay) as Partial<Record<keyof Rejection, unknown>>
  return { mapping: typeof mapping === 'string' ? mapping : undefined, event: original }
}
