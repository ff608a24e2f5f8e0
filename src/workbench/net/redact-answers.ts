/**
 * Replaces secrets in an answer. An error of a library may contain one, and so may a server that repeats its input. The
 * text is replaced line by line, so large answers need no memory.
 *
 * @returns the response without the secrets. Headers are not changed, because they contain no input
 */
export function redactAnswer(response: Response, secrets: readonly string[]): Response {
  if (!response.body || secrets.length === 0) return response
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  const { status, statusText } = response
  const body = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(createRedaction(secrets))
    .pipeThrough(new TextEncoderStream())
  return new Response(body, { status, statusText, headers })
}

/** The text that replaces a secret. */
const REDACTED = '[redacted]'

/** Replaces a secret in a text, which may be JSON. */
export function redactText(text: string, secret: string): string {
  return replaceForms(text, formsOf(secret))
}

function replaceForms(text: string, forms: string[]): string {
  return forms.reduce((left, form) => left.replaceAll(form, REDACTED), text)
}

/** Returns the secret as it is, as JSON and URLs escape it, and as it looks in Base64. Longer forms come first. */
function formsOf(secret: string): string[] {
  const plain = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), encodeURI(secret)]
  const forms = new Set([
    ...plain,
    new URLSearchParams({ secret }).toString().slice('secret='.length),
    ...base64Of(secret)
  ])
  return [...forms].sort((one, other) => other.length - one.length)
}

/** With fewer bytes, the parts of a secret in Base64 would be found in other texts as well. */
const MIN_BASE64_BYTES = 8

/**
 * Returns what is the same in the Base64 of every text that contains the secret. It depends on how many bytes are before
 * it, and its first and last character may have bits of its neighbors.
 */
function base64Of(secret: string): string[] {
  const bytes = Buffer.from(secret)
  if (bytes.length < MIN_BASE64_BYTES) return []
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const first = Math.ceil((before * 8) / 6)
    const end = Math.floor(((before + bytes.length) * 8) / 6)
    const core = text.slice(first, end)
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

/** A chunk may end inside of a secret, so the start of a line is held until its end. A secret has no line breaks. */
function createRedaction(secrets: readonly string[]): TransformStream<string, string> {
  const forms = secrets.flatMap(formsOf).sort((one, other) => other.length - one.length)
  let held = ''
  return new TransformStream({
    transform(text, controller) {
      const end = text.lastIndexOf('\n') + 1
      if (end > 0) controller.enqueue(replaceForms(held + text.slice(0, end), forms))
      held = end > 0 ? text.slice(end) : held + text
    },
    flush(controller) {
      controller.enqueue(replaceForms(held, forms))
    }
  })
}
