import type { RequestClient } from '@segment/actions-core'
import topsort from '../../destinations/topsort'
import { limit } from '../../destinations'
import { InputError } from '../../core'
import { attempt, wrapClient } from '../../pipeline'
import type { EventResult } from '../../pipeline'
import type { Gate } from './gate'
import type { Journal } from './journal'
import type { Batch } from './plan'
import type { Stretch } from './plan-archive'
import type { RejectedFile } from './rejected'
import { countEvents, createRetryingClient, type RetryOptions } from './retry'
import type { ReplaySettings } from './settings'
import { StopError } from './stop'

export type DeliverOptions = {
  stretches: AsyncIterable<Stretch>
  settings: ReplaySettings
  journal: Journal
  rejected: RejectedFile
  /** Says where a request really goes, whose URL is Topsort's. */
  toUrl: (url: string) => string
  gate: Gate
  retry: RetryOptions
  /** Is called with each batch that has its result, whether this run or an earlier one has settled it. */
  onSettled: (batch: Batch) => void
}

const BATCHES_AT_ONCE = 4

/**
 * Delivers what is planned, through the destination itself. The journal is ahead of Topsort at each step: before a batch
 * is sent, and as soon as it has a result. So whenever the process dies, the next one knows what is settled.
 *
 * @throws StopError if the replay has to stop. What is under way ends before
 * @throws InputError if the archive does not give the batches that the journal has
 */
export async function deliver(options: DeliverOptions): Promise<void> {
  const { stretches, settings, journal, rejected, toUrl, gate, retry, onSettled } = options
  const toRetrying = createRetryingClient(gate, retry)
  const takeTurn = limit(BATCHES_AT_ONCE)
  /** Makes results go into the two files one after another, so that the size of one fits the other. */
  let settling: Promise<void> = Promise.resolve()

  async function deliverBatch(batch: Batch): Promise<void> {
    const known = journal.find(batch.number)
    if (known && known.ids !== batch.ids) throw new InputError(toMismatch(batch))
    if (known?.isSettled) {
      onSettled(batch)
      return
    }
    if (gate.closedBy()) return
    const results = await send(batch)
    // With the gate closed, a failure may be that of a request that was never sent.
    if (gate.closedBy() && results.some(({ ok }) => !ok)) return
    settling = settling.then(() => settle(batch, results))
    await settling
    onSettled(batch)
  }

  async function send(batch: Batch): Promise<EventResult[]> {
    const { mapping, items } = batch
    if (mapping === null) return items.map(({ expected }) => expected)
    const definition = wrapClient(topsort, (client) => toRetrying(withNote(client, batch)))
    return attempt(
      { definition, settings, mapping },
      items.map(({ event }) => event)
    )
  }

  /** Notes the batch when it is its turn, so that nothing is said to be in flight that still waits at the gate. */
  function withNote(client: RequestClient, batch: Batch): RequestClient {
    let noted: Promise<void> | undefined
    return async (url, options) => {
      noted ??= journal.sent(batch)
      await noted
      return client(toUrl(url), options)
    }
  }

  async function settle(batch: Batch, results: readonly EventResult[]): Promise<void> {
    const refused = batch.items.flatMap(({ original, mapping, place }, index) => {
      const { ok, status, message: reason } = results[index]
      return ok ? [] : [{ event: original, rejection: { mapping: mapping.name, status, reason, place } }]
    })
    await rejected.add(refused)
    await journal.settled(batch, {
      delivered: batch.events - refused.length,
      rejected: refused.length,
      accepted: results.reduce((sum, { ok, sent }) => sum + (ok ? countSent(sent) : 0), 0),
      rejectedBytes: rejected.size()
    })
  }

  for await (const { waves } of stretches) {
    for (const wave of waves) {
      const results = await Promise.allSettled(wave.map((batch) => takeTurn(() => closeOnError(batch))))
      const failure = results.find((result) => result.status === 'rejected')
      if (failure) throw failure.reason
      const reason = gate.closedBy()
      if (reason) throw reason
    }
  }

  /** One batch that cannot go on stops the others before their next request. */
  async function closeOnError(batch: Batch): Promise<void> {
    try {
      await deliverBatch(batch)
    } catch (error) {
      gate.close(error instanceof StopError ? error : new StopError((error as Error).message))
      throw error
    }
  }
}

function countSent(sent: unknown): number {
  return Object.keys(Object(sent) as object).length === 0 ? 0 : countEvents(sent)
}

function toMismatch({ number, items: [{ place }] }: Batch): string {
  return `Batch ${number}, which starts at ${place}, has other events than the journal says. The archive has changed, or the journal is of another version of this program. Restore the archive, or use the version that started the replay.`
}
