import { effect, signal } from '@preact/signals'
import type { StreamEvents } from '../../api'
import { whyRefused } from '../api'
import { findings } from '../findings/findings-state'
import { connection, workbench } from '../workbench-state'
import { dropRows, isPaused, search, searchProblem, startOver, takeCounts, takeRows } from './events-state'

/** What is done with each event of the stream. */
const HANDLERS: { [Name in keyof StreamEvents]: (data: StreamEvents[Name]) => void } = {
  workbench: (info) => {
    workbench.value = info
  },
  rows: takeRows,
  left: dropRows,
  counts: takeCounts,
  findings: (found) => {
    findings.value = found
  },
  forgotten: startOver
}

/** How long until a server that does not answer is asked again. Milliseconds. */
const AGAIN_AFTER = 2_000

/** How long the window may be hidden before its stream ends. Milliseconds. */
const HIDDEN_FOR = 10_000

/**
 * Follows the server: what happens there shows up here at once. Another search starts another stream.
 *
 * A browser opens six connections to a host at most, and each stream is one. So a window that nobody sees gives its own
 * back, unless its list stands still, which a new stream would end.
 */
export function followServer(): void {
  const isSeen = signal(true)
  let timer: ReturnType<typeof setTimeout> | undefined
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer)
    if (!document.hidden) isSeen.value = true
    else {
      timer = setTimeout(() => {
        isSeen.value = isPaused.value
      }, HIDDEN_FOR)
    }
  })
  effect(() => (isSeen.value ? follow(search.value) : undefined))
}

/** @returns a function that ends the stream */
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
      stream.addEventListener(name, ({ data }: MessageEvent<string>) => {
        take(JSON.parse(data) as never)
      })
    }
    stream.onopen = () => {
      connection.value = 'live'
      searchProblem.value = ''
    }
    // The browser connects again by itself, but not if the server has refused the request.
    stream.onerror = () => {
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
