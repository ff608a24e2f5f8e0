import type { RequestClient } from '@segment/actions-core'
import topsort from '../../destinations/topsort'
import { limit } from '../../destinations'
import { InputError } from '../../core'
import { attempt, wrapClient } from '../../pipeline'
import type { EventResult } from '../../pipeline'
import type { Gate } from './gate'
import type { Journal } from './journal'
import type { Batch, ReplaySettings, Stretch } from './plan'
import type { RejectedFile } from './rejected'
import { countEvents, createRetryingClient, type RetryOptions } from './retry'
import { StopError } from './stop'

type DeliverOptions = {
  stretches: AsyncIterable<Stretch>
  settings: ReplaySettings
  journal: Journal
  rejected: RejectedFile
  /** Returns the URL to which a request really goes, for one of Topsort's. */
  toUrl: (url: string) => string
  gate: Gate
  /** Is called right before each request. If it throws, nothing is sent. */
  check: () => void
  retry: RetryOptions
  /** Is called with each batch or stretch that has a result, of this run or of an earlier one. */
  onSettled: (settled: { events: number }) => void
}

const BATCHES_AT_ONCE = 4

/**
 * Delivers the planned batches through the destination. The journal is always written first: before a batch is sent, and
 * as soon as it has a result. So the next process knows what is settled, whenever this one dies.
 *
 * @throws StopError if the replay has to stop. Pending requests end first
 * @throws InputError if the archive does not give the batches that the journal has
 */
export async function deliver(options: DeliverOptions): Promise<void> {
  const { stretches, journal, gate, onSettled } = options
  const send = createSend(options)
  const settle = createSettle(options)
  const takeTurn = limit(BATCHES_AT_ONCE)

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
    await settle(batch, results)
    onSettled(batch)
  }

  /** A batch that fails stops the others before their next request. */
  function closeGate(error: unknown): never {
    gate.close(error instanceof StopError ? error : new StopError((error as Error).message))
    throw error
  }

  for await (const { waves, summary, isSettled } of stretches) {
    if (isSettled) onSettled(summary)
    for (const wave of waves) {
      const results = await Promise.allSettled(
        wave.map((batch) => takeTurn(() => deliverBatch(batch).catch(closeGate)))
      )
      const failure = results.find((result) => result.status === 'rejected')
      if (failure) throw failure.reason
      const reason = gate.closedBy()
      if (reason) throw reason
    }
  }
}

/** Creates a function that sends a batch, and returns the result of each event. */
function createSend({ settings, journal, toUrl, gate, check, retry }: DeliverOptions) {
  const toRetrying = createRetryingClient(gate, retry)

  /** Notes the batch before its first request, so that a batch that waits at the gate is not noted as in flight. */
  function withNote(client: RequestClient, batch: Batch): RequestClient {
    let noted: Promise<void> | undefined
    return async (url, options) => {
      noted ??= journal.sent(batch)
      await noted
      check()
      return client(toUrl(url), options)
    }
  }

  return async (batch: Batch): Promise<EventResult[]> => {
    const { mapping, items } = batch
    if (mapping === null) return items.map(({ expected }) => expected)
    const definition = wrapClient(topsort, (client) => toRetrying(withNote(client, batch)))
    return attempt(
      { definition, settings, mapping },
      items.map(({ event }) => event)
    )
  }
}

/**
 * Creates a function that writes the results of a batch to the two files. One batch is written after another, so that the
 * size of the rejected events fits the journal.
 */
function createSettle({ journal, rejected }: DeliverOptions) {
  const inTurn = limit(1)

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

  return (batch: Batch, results: readonly EventResult[]) => inTurn(() => settle(batch, results))
}

function countSent(sent: unknown): number {
  return Object.keys(Object(sent) as object).length === 0 ? 0 : countEvents(sent)
}

function toMismatch({ number, items: [{ place }] }: Batch): string {
  return `Batch ${number}, which starts at ${place}, has other events than the journal says. The archive has changed, or the journal is of another version of this program. Restore the archive, or use the version that started the replay.`
}
