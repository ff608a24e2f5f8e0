import type { StreamEvents } from '../api'
import type { Workbench } from '../server'

/** One server-sent event. */
export type Message = {
  [Name in keyof StreamEvents]: { event: Name; data: StreamEvents[Name]; id: string }
}[keyof StreamEvents]

/** A client of the stream that reads only when it is asked to. */
export type StreamClient = {
  /** Reads messages until one meets the condition. Returns all of them. */
  until: (isLast: (message: Message) => boolean) => Promise<Message[]>
  close: () => void
}

/** Opens the stream of a workbench. */
export async function openStream(
  { url }: Workbench,
  { query = '', lastEventId }: { query?: string; lastEventId?: string } = {}
): Promise<StreamClient> {
  const abort = new AbortController()
  const response = await fetch(`${url}/workbench/stream?query=${encodeURIComponent(query)}`, {
    signal: abort.signal,
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
  })
  if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
    throw new Error(`No stream, but ${response.status} ${await response.text()}`)
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const waiting: Message[] = []

  async function next(): Promise<Message> {
    for (;;) {
      const message = waiting.shift()
      if (message) return message
      const { done, value } = await reader.read()
      if (done) throw new Error('The stream has ended.')
      text += value
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      waiting.push(...parts.map(parse))
    }
  }

  return {
    async until(isLast) {
      const messages: Message[] = []
      for (;;) {
        const message = await next()
        messages.push(message)
        if (isLast(message)) return messages
      }
    },
    close() {
      abort.abort()
    }
  }
}

function parse(part: string): Message {
  const fields = Object.fromEntries(
    part.split('\n').map((line) => [line.split(': ', 1)[0], line.slice(line.indexOf(': ') + 2)])
  )
  return { event: fields.event, data: JSON.parse(fields.data) as unknown, id: fields.id } as Message
}
