import { stat } from 'node:fs/promises'
import type { SegmentEvent } from '@segment/actions-core'
import { InputError } from '../../core'
import { type DurableFile, openDurableFile } from './durable-file'

/** Why an event was rejected. It is part of the event's line, as `_replay`. */
export type Rejection = {
  /** The mapping that took the event. When the line is replayed, only the mapping with this name takes it, if there is one. */
  mapping: string
  /** The HTTP status that the destination gave. */
  status: number
  reason: string
  /** Where the event was in the archive. */
  place: string
}

/** An event of a file of rejected events, or any other event. */
export type MaybeRejected = SegmentEvent & { _replay?: unknown }

/** The file of the events that Topsort, or the destination itself, refused. It can be replayed like any archive. */
export type RejectedFile = {
  add: (rejected: readonly { event: SegmentEvent; rejection: Rejection }[]) => Promise<void>
  /** In bytes. */
  size: () => number
  close: () => Promise<void>
}

/**
 * Opens the file of rejected events. It is created when the first event is rejected.
 *
 * @param size how much of the file belongs to the journal, in bytes. What is behind it is cut off: those events have no
 *   result in the journal, so they will be sent and, if need be, rejected again
 * @param isNew whether the journal is new, so that an existing file is not of this replay
 * @param check as for {@link openDurableFile}
 * @throws InputError if the file is not what the journal left
 */
export async function openRejectedFile(
  file: string,
  size: number,
  isNew: boolean,
  check?: () => void
): Promise<RejectedFile> {
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
    async add(rejected) {
      if (rejected.length === 0) return
      output ??= await openDurableFile(file, 0, check)
      await output.append(
        rejected.map(({ event, rejection }) => `${JSON.stringify({ ...event, _replay: rejection })}\n`).join('')
      )
    },
    size: () => output?.size() ?? 0,
    close: async () => output?.close()
  }
}

/** Takes an event apart that may be of a file of rejected events. */
export function splitRejected(event: MaybeRejected): { mapping: string | undefined; event: SegmentEvent } {
  if (event._replay === undefined) return { mapping: undefined, event }
  const { _replay, ...original } = event
  const { mapping } = Object(_replay) as Partial<Record<keyof Rejection, unknown>>
  return { mapping: typeof mapping === 'string' ? mapping : undefined, event: original }
}
