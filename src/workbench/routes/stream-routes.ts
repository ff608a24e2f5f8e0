import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { SSEStreamingApi } from 'hono/streaming'
import type { DeliveryRow, StreamEvents } from '../api'
import type { Parts } from '../parts'
import { listFindings } from '../state/findings'
import type { History } from '../state/history'
import { toRow, toSearchable } from '../rows'
import { parseSearch } from '../search'

/** The number of rows in a message. */
const MAX_ROWS = 500

/** Changes within this time are sent together. Milliseconds. */
const PAUSE = 100

/** Findings are sorted and sent as a whole, so they are sent less often. Milliseconds. */
const FINDINGS_PAUSE = 1_000

/**
 * Creates the handler that sends the events of `StreamEvents` as server-sent events.
 *
 * Nothing is queued for a client. The server keeps only the number of the latest change that the client knows, and sends
 * the rows that have changed since. So a slow client gets fewer and larger messages, and a client that connects again
 * with `Last-Event-ID` gets all rows that are still kept.
 */
export function createStreamRoute(parts: Parts) {
  return (c: Context): Response => {
    const query = c.req.query('query') ?? ''
    const matches = parseSearch(query, parts.clock.now)
    const known = readPlace(c.req.header('last-event-id') ?? '')
    return streamSSE(c, (stream) => follow(stream, parts, { matches, isSearch: query.trim() !== '', known }))
  }
}

/** The latest change that a client knows. */
type Place = { epoch: string; version: number }

type Wish = { matches: ReturnType<typeof parseSearch>; isSearch: boolean; known: Place | undefined }

function readPlace(id: string): Place | undefined {
  const [epoch, version] = id.split(':')
  return version && /^\d+$/.test(version) ? { epoch, version: Number(version) } : undefined
}

async function follow(stream: SSEStreamingApi, parts: Parts, { matches, isSearch, known }: Wish): Promise<void> {
  const { pipeline, history, sandbox, info } = parts
  const changes = waitForChanges(history, stream)
  let place: Place = { epoch: history.epoch(), version: 0 }
  /** The version at the start. Up to it, a new client has no rows, so it needs no list of rows that no longer match. */
  let isNewUntil = history.version()
  let findingsAt = 0
  const areNewCounts = createChangeTest()
  const areNewFindings = createChangeTest()
  const areNewFaults = createChangeTest()

  async function send<Name extends keyof StreamEvents>(event: Name, data: StreamEvents[Name]): Promise<void> {
    await stream.writeSSE({ event, data: JSON.stringify(data), id: `${place.epoch}:${place.version}` })
  }

  async function sendRows(): Promise<boolean> {
    const { version, rows, left } = readChanges(parts, { matches, isSearch, since: place.version, isNewUntil })
    if (version === undefined) return false
    place = { ...place, version }
    if (left.length > 0) await send('left', left)
    if (rows.length > 0) await send('rows', rows)
    return true
  }

  async function sendCounts(): Promise<void> {
    const counts = pipeline.counts()
    const faults = sandbox?.scriptsLeft()
    if (areNewCounts(counts)) await send('counts', counts)
    if (faults && areNewFaults(faults)) await send('faults', faults)
  }

  async function sendInfo(): Promise<void> {
    const opened = history.openedCase()
    await send('workbench', { ...info, ...(opened && { case: opened }) })
  }

  /** Returns whether it is too early to send the findings. */
  async function sendFindings(): Promise<boolean> {
    if (Date.now() - findingsAt < FINDINGS_PAUSE) return true
    findingsAt = Date.now()
    const list = listFindings(parts)
    if (areNewFindings(list)) await send('findings', list)
    return false
  }

  try {
    if (known?.epoch === place.epoch) {
      place = known
      isNewUntil = known.version
    } else if (known) await send('forgotten', null)
    await sendInfo()
    while (!stream.aborted) {
      if (place.epoch !== history.epoch()) {
        place = { epoch: history.epoch(), version: 0 }
        isNewUntil = 0
        findingsAt = 0
        await send('forgotten', null)
        await sendInfo()
      }
      const isMore = await sendRows()
      await sendCounts()
      const isEarly = await sendFindings()
      if (!isMore) await changes.next(isEarly ? FINDINGS_PAUSE : undefined)
    }
  } finally {
    changes.stop()
  }
}

/** The changes that a client gets in one message. */
type RowChanges = { version?: number; rows: DeliveryRow[]; left: number[] }

/** Reads the rows that have changed since a version, and the numbers of those that no longer match. */
function readChanges(
  parts: Parts,
  { matches, isSearch, since, isNewUntil }: Omit<Wish, 'known'> & { since: number; isNewUntil: number }
): RowChanges {
  const entries = parts.history.changesSince(since, MAX_ROWS)
  const found = isSearch ? entries.filter((entry) => matches(toSearchable(entry, parts))) : entries
  const left = without(entries, found).filter(({ version }) => version > isNewUntil)
  return {
    version: entries.at(-1)?.version,
    rows: found.map((entry) => toRow(entry, parts)),
    left: left.map(({ sequence }) => sequence)
  }
}

/** Creates a function that returns whether a value differs from the one of its previous call. */
function createChangeTest(): (value: unknown) => boolean {
  let previous = ''
  return (value) => {
    const text = JSON.stringify(value)
    const isNew = text !== previous
    previous = text
    return isNew
  }
}

function without<Item>(all: Item[], some: Item[]): Item[] {
  if (all.length === some.length) return []
  const known = new Set(some)
  return all.filter((item) => !known.has(item))
}

type Changes = {
  /** Resolves soon after a change, when the client disconnects, or after a time. */
  next: (longest?: number) => Promise<void>
  stop: () => void
}

function waitForChanges(history: History, stream: SSEStreamingApi): Changes {
  let hasChanged = false
  let wake: () => void = () => undefined
  const stop = history.onChange(() => {
    hasChanged = true
    wake()
  })
  stream.onAbort(() => {
    wake()
  })
  return {
    async next(longest) {
      if (!hasChanged && !stream.aborted) {
        await new Promise<void>((resolve) => {
          const timer = longest === undefined ? undefined : setTimeout(resolve, longest).unref()
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      if (!stream.aborted) await new Promise((resolve) => setTimeout(resolve, PAUSE).unref())
      hasChanged = false
    },
    stop
  }
}
