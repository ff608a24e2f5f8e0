import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { SSEStreamingApi } from 'hono/streaming'
import type { Pipeline } from '../pipeline'
import type { StreamEvents, WorkbenchInfo } from './api'
import type { Findings } from './findings'
import type { History } from './history'
import { toRow, toSearchable } from './rows'
import { parseSearch } from './search'

/** The parts that the stream uses. */
export type StreamParts = { pipeline: Pipeline; history: History; findings: Findings; info: WorkbenchInfo }

/** The number of rows in a message. */
const MAX_ROWS = 500

/** Changes within this time are sent together. Milliseconds. */
const PAUSE = 100

/** Findings are sorted and sent as a whole, so they are sent less often. Milliseconds. */
const FINDINGS_PAUSE = 1_000

/**
 * Creates the route `GET /stream`, relative to `/workbench`. It sends the events of `StreamEvents` as server-sent events.
 *
 * Nothing is queued for a client. The server keeps only the number of the latest change that the client knows, and sends
 * the rows that have changed since. So a slow client gets fewer and larger messages, and a client that connects again
 * with `Last-Event-ID` gets all rows that are still kept.
 */
export function createStreamRoutes(parts: StreamParts): Hono {
  const routes = new Hono()
  routes.get('/stream', (c) => {
    const matches = parseSearch(c.req.query('query') ?? '')
    const isSearch = (c.req.query('query') ?? '').trim() !== ''
    const known = readPlace(c.req.header('last-event-id') ?? '')
    return streamSSE(c, (stream) => follow(stream, parts, { matches, isSearch, known }))
  })
  return routes
}

/** The latest change that a client knows. */
type Place = { epoch: string; version: number }

type Wish = { matches: ReturnType<typeof parseSearch>; isSearch: boolean; known: Place | undefined }

function readPlace(id: string): Place | undefined {
  const [epoch, version] = id.split(':')
  return version && /^\d+$/.test(version) ? { epoch, version: Number(version) } : undefined
}

async function follow(stream: SSEStreamingApi, parts: StreamParts, { matches, isSearch, known }: Wish): Promise<void> {
  const { pipeline, history, findings, info } = parts
  const changes = waitForChanges(history, stream)
  let place: Place = { epoch: history.epoch(), version: 0 }
  /** The version at the start. Up to it, a new client has no rows, so it needs no list of rows that no longer match. */
  let isNewUntil = history.version()
  let sentCounts = ''
  let sentFindings = ''
  let findingsAt = 0

  async function send<Name extends keyof StreamEvents>(event: Name, data: StreamEvents[Name]): Promise<void> {
    await stream.writeSSE({ event, data: JSON.stringify(data), id: `${place.epoch}:${place.version}` })
  }

  async function sendRows(): Promise<boolean> {
    const entries = history.changesSince(place.version, MAX_ROWS)
    const last = entries.at(-1)
    if (!last) return false
    place = { ...place, version: last.version }
    const found = isSearch ? entries.filter((entry) => matches(toSearchable(entry, findings.codesOf))) : entries
    const left = without(entries, found).filter(({ version }) => version > isNewUntil)
    if (left.length > 0) {
      await send(
        'left',
        left.map(({ sequence }) => sequence)
      )
    }
    if (found.length > 0) {
      await send(
        'rows',
        found.map((entry) => toRow(entry, findings.codesOf))
      )
    }
    return true
  }

  async function sendCounts(): Promise<void> {
    const counts = pipeline.counts()
    const text = JSON.stringify(counts)
    if (text === sentCounts) return
    sentCounts = text
    await send('counts', counts)
  }

  /** Returns whether it is too early to send the findings. */
  async function sendFindings(): Promise<boolean> {
    if (Date.now() - findingsAt < FINDINGS_PAUSE) return true
    findingsAt = Date.now()
    const list = findings.list()
    const text = JSON.stringify(list)
    if (text !== sentFindings) await send('findings', list)
    sentFindings = text
    return false
  }

  try {
    if (known?.epoch === place.epoch) {
      place = known
      isNewUntil = known.version
    } else if (known) await send('forgotten', null)
    await send('workbench', info)
    while (!stream.aborted) {
      if (place.epoch !== history.epoch()) {
        place = { epoch: history.epoch(), version: 0 }
        isNewUntil = 0
        findingsAt = 0
        await send('forgotten', null)
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
