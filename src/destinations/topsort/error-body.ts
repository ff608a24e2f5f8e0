import type { JSONLikeObject } from '@segment/actions-core'

/** What the answer to a refused request says, cut to a length that a message can have. */
export type ErrorBody = {
  /** Topsort's `errCode`, such as `resolved_bid_id_not_found`. Absent if the answer has none. */
  code?: string
  /** One line with the code, the message and the link to the documentation. Empty if the answer says nothing. */
  words: string
  /** Whether the answer is one of Topsort's own errors. They have a code. A firewall's page or message has none. */
  isTopsorts: boolean
  /** The answer as Segment records it: an object if it is one and not too long. */
  record: JSONLikeObject | string
}

const MAX_WORDS_LENGTH = 300
const MAX_BODY_LENGTH = 2_000

/**
 * Reads the body of a refusal: `{errCode, message, docUrl}` as in the API's OpenAPI file, a list of those as in its
 * documentation, `{error, message}` as some key errors have it, a gateway's HTML page, plain text, or nothing.
 * @param key The API key. It is redacted from all that is returned, also where JSON writes its characters as escapes
 */
export function readErrorBody(content: string, key: string): ErrorBody {
  const text = redact(rewriteJson(content) ?? content, key)
  const clean = parseJson(text)
  if (clean === undefined) {
    return { words: toLine(withoutTags(text.slice(0, MAX_BODY_LENGTH))), isTopsorts: false, record: cutBody(text) }
  }
  const errors: unknown[] = Array.isArray(clean) ? clean : [clean]
  const readings = errors.flatMap((error) => readError(error) ?? [])
  const code = readings[0]?.code
  return {
    code: code && toLine(code),
    words: toLine(readings.map(({ words }) => words).join('; ')),
    isTopsorts: readings.some(({ isTopsorts }) => isTopsorts),
    record: isObject(clean) && text.length <= MAX_BODY_LENGTH ? clean : cutBody(text)
  }
}

function readError(error: unknown): Omit<ErrorBody, 'record'> | undefined {
  if (typeof error === 'string') return { words: error, isTopsorts: false }
  if (!isObject(error)) return undefined
  const { errCode, error: name, message, docUrl } = error
  const code = [errCode, name].find(isText)
  const said = [code, message].filter(isText)
  return { code, words: said.join(': ') + (isText(docUrl) ? ` (${docUrl})` : ''), isTopsorts: code !== undefined }
}

/** Replaces the API key, as it is or as JSON writes it. */
export function redact(content: string, key: string): string {
  if (!key) return content
  const forms = new Set([JSON.stringify(key).slice(1, -1), key])
  return [...forms].reduce((redacted, form) => redacted.split(form).join('[API key]'), content)
}

/** Writes JSON without the escapes that could hide the key. Returns nothing for what is not JSON, or nested too deep. */
function rewriteJson(content: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(content))
  } catch {
    return undefined // an HTML page, plain text, or JSON that was cut
  }
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content) as unknown
  } catch {
    return undefined // not JSON, or not any more: the key was a part of the notation, such as a quotation mark
  }
}

function withoutTags(html: string): string {
  return html.replace(/<(style|script|title)\b[^>]*>[^]*?<\/\1>|<[^>]*>?/gi, ' ')
}

function toLine(words: string): string {
  return cut(words.replace(/[\s\p{Cc}]+/gu, ' ').trim(), MAX_WORDS_LENGTH)
}

function cutBody(content: string): string {
  return cut(content, MAX_BODY_LENGTH)
}

function cut(content: string, length: number): string {
  return content.length > length ? `${content.slice(0, length)}…` : content
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function isObject(value: unknown): value is JSONLikeObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
