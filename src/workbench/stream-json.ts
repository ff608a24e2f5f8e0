/** Large enough to be quick, small enough to take no memory. In characters. */
const CHUNK = 64 * 1024

/** Writes a list as JSON while it is read, so that an answer of any size takes no memory of its own. */
export function streamList(items: Iterable<unknown>): ReadableStream<Uint8Array> {
  return toStream(listJson(items))
}

/** Writes an object whose lists may be long. The values that are not lists must be small. */
export function streamObject(value: { [key: string]: unknown }): ReadableStream<Uint8Array> {
  return toStream(objectJson(value))
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
    yield `${separator}${JSON.stringify(key)}:`
    if (Array.isArray(item)) yield* listJson(item)
    else yield JSON.stringify(item)
    separator = ',\n'
  }
  yield '}'
}

function toStream(parts: Iterator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull(controller) {
      let chunk = ''
      while (chunk.length < CHUNK) {
        const part = parts.next()
        if (part.done) break
        chunk += part.value
      }
      if (chunk) controller.enqueue(encoder.encode(chunk))
      else controller.close()
    }
  })
}

/** Answers with JSON that is written while it is sent. */
export function jsonAnswer(body: ReadableStream<Uint8Array>, headers: Record<string, string> = {}): Response {
  return new Response(body, { headers: { 'Content-Type': 'application/json', ...headers } })
}
