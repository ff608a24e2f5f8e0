import { createSlices, isObject } from '../../core'

/** The size of a chunk, in characters. Larger chunks take memory, smaller ones take time. */
const CHUNK = 64 * 1024

/** Writes a list as a stream of JSON, so that large answers need little memory. */
export function streamList(items: Iterable<unknown>): ReadableStream<Uint8Array> {
  return toStream(listJson(items))
}

/** Writes an object as a stream of JSON. Its lists may be long, also those of the objects in it. */
export function streamObject(value: { [key: string]: unknown }): ReadableStream<Uint8Array> {
  return toStream(objectJson(value))
}

/** Answers with a stream of JSON. */
export function jsonAnswer(body: ReadableStream<Uint8Array>, headers: Record<string, string> = {}): Response {
  return new Response(body, { headers: { 'Content-Type': 'application/json', ...headers } })
}

function* listJson(items: Iterable<unknown>): Generator<string> {
  yield '['
  let separator = ''
  for (const item of items) {
    yield separator + JSON.stringify(item)
    separator = ',\n'
  }
  yield ']'
}

function* objectJson(value: { [key: string]: unknown }): Generator<string> {
  yield '{'
  let separator = ''
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue
    yield `${separator}${JSON.stringify(key)}:`
    if (Array.isArray(item)) yield* listJson(item)
    else if (isObject(item)) yield* objectJson(item)
    else yield JSON.stringify(item)
    separator = ',\n'
  }
  yield '}'
}

function toStream(parts: Iterator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const slices = createSlices()
  return new ReadableStream({
    async pull(controller) {
      let chunk = ''
      while (chunk.length < CHUNK) {
        if (slices.areOver()) await slices.next()
        const part = parts.next()
        if (part.done) break
        chunk += part.value
      }
      if (chunk) controller.enqueue(encoder.encode(chunk))
      else controller.close()
    }
  })
}
