import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { SSEStreamingApi } from 'hono/streaming'
import type { StreamEvents } from '../api'
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
  /** The latest JSON of each event, which is sent again only if it has changed. */
  const latest = new Map<string, string>()

  async function send<Name extends keyof StreamEvents>(event: Name, data: StreamEvents[Name]): Promise<void> {
    await stream.writeSSE({ event, data: JSON.stringify(data), id: `${place.epoch}:${place.version}` })
  }

  async function sendIfNew<Name extends keyof StreamEvents>(event: Name, data: StreamEvents[Name]): Promise<void> {
    const text = JSON.stringify(data)
    if (latest.get(event) === text) return
    latest.set(event, text)
    await send(event, data)
  }

  async function sendRows(): Promise<boolean> {
    const { version, rows, left } = readChanges(parts, { matches, isSearch, since: place.version, isNewUntil })
    if (version === undefined) return false
    place = { ...place, version }
    if (left.length > 0) await send('left', left)
    if (rows.length > 0) await send('rows', rows)
    return true
  }

  async function sendInfo(): Promise<void> {
    await send('workbench', { ...info, case: history.openedCase() })
  }

  /** Returns whether it is too early to send the findings. */
  async function sendFindings(): Promise<boolean> {
    if (Date.now() - findingsAt < FINDINGS_PAUSE) return true
    findingsAt = Date.now()
    await sendIfNew('findings', listFindings(parts))
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
      await sendIfNew('counts', pipeline.counts())
      if (sandbox) await sendIfNew('faults', sandbox.scriptsLeft())
      const isEarly = await sendFindings()
      if (!isMore) await changes.next(isEarly ? FINDINGS_PAUSE : undefined)
    }
  } finally {
    changes.stop()
  }
}

/** Reads the rows that have changed since a version, and the numbers of those that no longer match. */
function readChanges(
  parts: Parts,
  { matches, isSearch, since, isNewUntil }: Omit<Wish, 'known'> & { since: number; isNewUntil: number }
) {
  const entries = parts.history.changesSince(since, MAX_ROWS)
  const found = new Set(isSearch ? entries.filter((entry) => matches(toSearchable(entry, parts))) : entries)
  const left = entries.filter((entry) => !found.has(entry) && entry.version > isNewUntil)
  return {
    version: entries.at(-1)?.version,
    rows: [...found].map((entry) => toRow(entry, parts)),
    left: left.map(({ sequence }) => sequence)
  }
}

function waitForChanges(history: History, stream: SSEStreamingApi) {
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
    /** Resolves soon after a change, when the client disconnects, or after a time. */
    next: async (longest?: number): Promise<void> => {
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
