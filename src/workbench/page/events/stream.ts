import { effect } from '@preact/signals'
import type { Counts, DeliveryRow } from '../wire'
import { connection, emptyRows, search, takeCounts, takeRows } from './events-state'

/** Follows the server: what happens there shows up here at once. Another search starts another stream. */
export function followServer(): void {
  effect(() => {
    const source = open(search.value)
    return () => {
      source.close()
    }
  })
}

function open(query: string): EventSource {
  emptyRows()
  const source = new EventSource(`/workbench/stream?query=${encodeURIComponent(query)}`)
  const on = (name: string, take: (data: unknown) => void): void => {
    source.addEventListener(name, (event: MessageEvent<string>) => {
      take(JSON.parse(event.data))
    })
  }
  source.addEventListener('open', () => {
    connection.value = 'live'
  })
  source.addEventListener('error', () => {
    connection.value = 'lost'
  })
  on('rows', (data) => {
    takeRows(data as DeliveryRow[])
  })
  on('counts', (data) => {
    takeCounts(data as Counts)
  })
  on('forgotten', emptyRows)
  return source
}
