import { isObject } from '../../core/json'

/** A Segment call that was pasted. */
export type PastedEvent = Record<string, unknown>

/** A problem of one event or line. */
export type LineProblem = {
  /** `Line 3` or `Event 3`, counted from 1. */
  place: string
  message: string
}

type ParsedEvents = { ok: true; events: PastedEvent[] } | { ok: false; problems: LineProblem[] }

const TYPES = ['track', 'page', 'screen', 'identify', 'group', 'alias']

/** Reads one event, a list of them, the body of a batch (`{"batch": […]}`), or JSON Lines: one event on each line. */
export function parseEvents(text: string): ParsedEvents {
  if (text.trim() === '') return fail('Line 1', 'There is no event. Choose a sample, or paste one.')
  const whole = parseJson(text)
  if (whole.ok) {
    const values = listEvents(whole.value)
    if (values.length === 0) return fail('Event 1', 'The list is empty.')
    return checkAll(values.map((value, index) => ({ place: `Event ${index + 1}`, json: { ok: true, value } })))
  }
  if (!isJsonLines(text)) return fail(`Line ${findLine(text, whole.message)}`, `This is not JSON: ${whole.message}.`)
  return checkAll(
    text.split('\n').flatMap((line, index) => {
      return line.trim() === '' ? [] : { place: `Line ${index + 1}`, json: parseJson(line) }
    })
  )
}

function listEvents(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  const { batch } = Object(value) as { batch?: unknown }
  return Array.isArray(batch) ? batch : [value]
}

function checkAll(parts: readonly { place: string; json: ParsedJson }[]): ParsedEvents {
  const problems = parts.flatMap(({ place, json }) => {
    const message = whyInvalid(json)
    return message === undefined ? [] : { place, message }
  })
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, events: parts.map(({ json }) => (json as { value: PastedEvent }).value) }
}

/** Checks only that an event is an object with a type. The workbench reports all other problems. */
function whyInvalid(json: ParsedJson): string | undefined {
  // The position in the message counts within the line and not within the text.
  if (!json.ok) return `This is not JSON: ${json.message.replace(/ \(line \d+ column \d+\)$/, '')}.`
  if (!isObject(json.value)) return 'A Segment call is an object: {"type": "track", "event": "…", …}.'
  const { type } = json.value
  if (typeof type === 'string' && TYPES.includes(type)) return undefined
  return `The property "type" has to be one of ${TYPES.join(', ')}.`
}

type ParsedJson = { ok: true; value: unknown } | { ok: false; message: string }

function parseJson(text: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (error) {
    return { ok: false, message: (error as Error).message }
  }
}

/** Returns whether the text has several lines, and the first or second one is a whole object. */
function isJsonLines(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.length > 1 && lines.slice(0, 2).some((line) => line.trim().startsWith('{') && parseJson(line).ok)
}

/** Finds the line of an error. Each browser has its own message for invalid JSON. */
function findLine(text: string, message: string): number {
  const line = /line (\d+)/.exec(message)?.[1]
  if (line !== undefined) return Number(line)
  const position = /position (\d+)/.exec(message)?.[1]
  return text.slice(0, position === undefined ? text.length : Number(position)).split('\n').length
}

/** Returns the line of a problem. The events of a list are not counted by lines, so theirs is the first. */
export function lineOf({ place }: LineProblem): number {
  return place.startsWith('Line ') ? Number(place.split(' ')[1]) : 1
}

function fail(place: string, message: string): ParsedEvents {
  return { ok: false, problems: [{ place, message }] }
}
