import { effect } from '@preact/signals'
import type { StreamEvents } from '../../api'
import { whyRefused } from '../api'
import { findings } from '../findings/findings-state'
import { connection, workbench } from '../workbench-state'
import { dropRows, search, searchProblem, startOver, takeCounts, takeRows } from './events-state'

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

/** Follows the server: what happens there shows up here at once. Another search starts another stream. */
export function followServer(): void {
  effect(() => follow(search.value))
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
