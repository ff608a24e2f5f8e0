import type { JSONLikeObject } from '@segment/actions-core'

/** The content of the answer to a refused request. Long texts are cut. */
export type ErrorBody = {
  /** Topsort's `errCode`, such as `resolved_bid_id_not_found`. Absent if the answer has none. */
  code?: string
  /** One line with the code, the message and the link to the documentation. Empty if the answer has none of them. */
  words: string
  /** Whether the answer is one of Topsort's errors, which have a code. The page or message of a firewall has none. */
  isTopsorts: boolean
  /** The answer for Segment's records: an object if it is a short JSON object, otherwise text. */
  record: JSONLikeObject | string
}

const MAX_WORDS_LENGTH = 300
const MAX_BODY_LENGTH = 2_000

/**
 * Reads the body of a refusal. It is `{errCode, message, docUrl}` as in the API's OpenAPI file, a list of these as in
 * the documentation, `{error, message}` as in some errors about keys, an HTML page of a gateway, plain text, or empty.
 * @param key The API key. It is removed from the result, even if JSON escapes hide it
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

/** Replaces the API key, also in its JSON form. */
export function redact(content: string, key: string): string {
  if (!key) return content
  const forms = new Set([JSON.stringify(key).slice(1, -1), key])
  return [...forms].reduce((redacted, form) => redacted.split(form).join('[API key]'), content)
}

/**
 * Removes unnecessary JSON escapes, which could hide the key. Returns nothing if it is not JSON or nested too deeply.
 */
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
    return undefined // not JSON, or no longer JSON because the key was part of its syntax, such as a quotation mark
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
