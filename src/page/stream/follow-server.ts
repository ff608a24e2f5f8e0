import { effect, signal } from '@preact/signals'
import type { StreamEvents } from '../../workbench/api'
import { whyRefused } from '../api'
import {
  connection,
  dropRows,
  faults,
  findings,
  isPaused,
  lostAt,
  search,
  searchProblem,
  startOver,
  takeCounts,
  takeRows,
  workbench
} from './signals'

/** Handles the events of the stream. */
const HANDLERS: { [Name in keyof StreamEvents]: (data: StreamEvents[Name]) => void } = {
  workbench: (info) => (workbench.value = info),
  rows: takeRows,
  left: dropRows,
  counts: takeCounts,
  findings: (found) => (findings.value = found),
  faults: (left) => (faults.value = left),
  forgotten: startOver
}

/** The pause before the next request if the server does not answer. Milliseconds. */
const AGAIN_AFTER = 2_000

/** The time after which the stream of a hidden window ends. Milliseconds. */
const HIDDEN_FOR = 10_000

/**
 * Follows the changes of the server. A new search starts a new stream.
 *
 * Browsers open at most six connections to a host, and each stream is one of them. So the stream of a hidden window ends,
 * unless its list is paused, because a new stream would end the pause.
 */
export function followServer(): void {
  const isSeen = signal(true)
  let timer: ReturnType<typeof setTimeout> | undefined
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer)
    if (!document.hidden) isSeen.value = true
    else {
      timer = setTimeout(() => (isSeen.value = isPaused.value), HIDDEN_FOR)
    }
  })
  effect(() => (isSeen.value ? follow(search.value) : undefined))
}

/** Opens a stream, and opens it again when the server has closed it. Returns a function that ends it. */
function follow(query: string): () => void {
  const url = `/workbench/stream?query=${encodeURIComponent(query)}`
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false

  const connect = (): void => {
    startOver()
    const stream = new EventSource(url)
    source = stream
    for (const [name, take] of Object.entries(HANDLERS)) {
      stream.addEventListener(name, ({ data }: MessageEvent<string>) => take(JSON.parse(data) as never))
    }
    stream.onopen = () => {
      connection.value = 'live'
      searchProblem.value = ''
    }
    // The browser connects again by itself, but not if the server has refused the request.
    stream.onerror = () => {
      if (connection.value !== 'lost') lostAt.value = new Date().toISOString()
      connection.value = 'lost'
      if (stream.readyState === EventSource.CLOSED) void recover()
    }
  }

  const recover = async (): Promise<void> => {
    const { status, reason } = await whyRefused(url)
    if (isOver) return
    if (status === 400) {
      connection.value = 'live'
      searchProblem.value = reason
    } else {
      timer = setTimeout(connect, AGAIN_AFTER)
    }
  }

  connect()
  return () => {
    isOver = true
    clearTimeout(timer)
    source?.close()
  }
}
