import type { JSONLikeObject } from '@segment/actions-core'

/** What Topsort's answer to a refused request says, in whatever shape it comes, and however long it is. */
export type ErrorBody = {
  /** Topsort's `errCode`, such as `resolved_bid_id_not_found`; absent where the answer has none. */
  code?: string
  /** One readable line with the code, the message and the link to the documentation; blank when nothing was said. */
  words: string
}

const LONGEST_LINE = 300
const LONGEST_BODY = 2_000

/**
 * Reads the body of a refusal: `{errCode, message, docUrl}` as in the API's OpenAPI file, a list of those as in its
 * documentation, `{error, message}` as some key errors have it, a gateway's HTML page, plain text, or nothing.
 */
export function readErrorBody(content: string): ErrorBody {
  const body = parseJson(content)
  if (body === undefined) return { words: oneLine(withoutTags(content.slice(0, LONGEST_BODY))) }
  const errors: unknown[] = Array.isArray(body) ? body : [body]
  const readings = errors.flatMap((error) => readError(error) ?? [])
  const code = readings[0]?.code
  return { code: code && oneLine(code), words: oneLine(readings.map(({ words }) => words).join('; ')) }
}

function readError(error: unknown): ErrorBody | undefined {
  if (typeof error === 'string') return { words: error }
  if (!isObject(error)) return undefined
  const { errCode, error: name, message, docUrl } = error
  const code = [errCode, name].find(isText)
  const link = isText(docUrl) ? ` (${docUrl})` : ''
  return { code, words: [code, message].filter(isText).join(': ') + link }
}

/** The body as it goes into Segment's record of the delivery: an object where it is one, and not too long. */
export function recordBody(content: string): JSONLikeObject | string {
  if (content.length > LONGEST_BODY) return cut(content, LONGEST_BODY)
  const body = parseJson(content)
  return isObject(body) ? body : content
}

/** Takes the API key out of what Topsort said, should it ever echo it, as it is or the way JSON writes it. */
export function redact(content: string, key: string): string {
  const forms = new Set([JSON.stringify(key).slice(1, -1), key])
  return [...forms].reduce((redacted, form) => redacted.split(form).join('[API key]'), content)
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content) as unknown
  } catch {
    return undefined // no JSON: an HTML page, plain text, or JSON that was cut
  }
}

function withoutTags(html: string): string {
  return html.replace(/<(style|script|title)\b[^>]*>[^]*?<\/\1>|<[^>]*>?/gi, ' ')
}

function oneLine(words: string): string {
  return cut(words.replace(/[\s\p{Cc}]+/gu, ' ').trim(), LONGEST_LINE)
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
