import { isObject } from '../../core/json'

/** A Segment call that was pasted. */
export type PastedEvent = Record<string, unknown>

/** A problem of one event or line. */
export type LineProblem = {
  /** `Line 3` or `Event 3`, counted from 1. */
  place: string
  message: string
}

/** The result of reading a text. */
export type ParsedEvents = { ok: true; events: PastedEvent[] } | { ok: false; problems: LineProblem[] }

const TYPES = ['track', 'page', 'screen', 'identify', 'group', 'alias']

/** Reads one event, a list of them, the body of a batch (`{"batch": […]}`), or JSON Lines: one event on each line. */
export function parseEvents(text: string): ParsedEvents {
  if (text.trim() === '') return fail('Line 1', 'There is no event. Choose a sample, or paste one.')
  const whole = parseJson(text)
  if (whole.ok) return checkAll(listEvents(whole.value), 'Event')
  if (!isJsonLines(text)) return fail(`Line ${findLine(text, whole.message)}`, `This is not JSON: ${whole.message}.`)

  const events: { value: unknown; place: string }[] = []
  const problems: LineProblem[] = []
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return
    const place = `Line ${index + 1}`
    const parsed = parseJson(line)
    if (parsed.ok) events.push({ value: parsed.value, place })
    else problems.push({ place, message: `This is not JSON: ${withoutPlace(parsed.message)}.` })
  })
  for (const { value, place } of events) problems.push(...check(value, place))
  problems.sort((one, other) => numberOf(one) - numberOf(other))
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, events: events.map(({ value }) => value as PastedEvent) }
}

function listEvents(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  const { batch } = Object(value) as { batch?: unknown }
  return Array.isArray(batch) ? batch : [value]
}

function checkAll(values: unknown[], word: string): ParsedEvents {
  if (values.length === 0) return fail('Event 1', 'The list is empty.')
  const problems = values.flatMap((value, index) => check(value, `${word} ${index + 1}`))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, events: values as PastedEvent[] }
}

/** Checks only that an event is an object with a type. The workbench reports all other problems. */
function check(value: unknown, place: string): LineProblem[] {
  if (!isObject(value)) {
    return [{ place, message: 'A Segment call is an object: {"type": "track", "event": "…", …}.' }]
  }
  const { type } = value
  if (typeof type === 'string' && TYPES.includes(type)) return []
  return [{ place, message: `The property "type" has to be one of ${TYPES.join(', ')}.` }]
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

/** Removes the position from a message, because it counts within the line and not within the text. */
function withoutPlace(message: string): string {
  return message.replace(/ \(line \d+ column \d+\)$/, '')
}

/** Finds the line of an error. Each browser has its own message for invalid JSON. */
function findLine(text: string, message: string): number {
  const line = /line (\d+)/.exec(message)?.[1]
  if (line !== undefined) return Number(line)
  const position = /position (\d+)/.exec(message)?.[1]
  return text.slice(0, position === undefined ? text.length : Number(position)).split('\n').length
}

/** Returns the line of a problem. The events of a list are not counted by lines, so theirs is the first. */
export function lineOf(problem: LineProblem): number {
  return problem.place.startsWith('Line ') ? numberOf(problem) : 1
}

function numberOf({ place }: LineProblem): number {
  return Number(place.split(' ')[1])
}

function fail(place: string, message: string): ParsedEvents {
  return { ok: false, problems: [{ place, message }] }
}
