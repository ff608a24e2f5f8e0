import type { Context } from 'hono'
import { DAY, HOUR, InputError, isObject, MINUTE } from '../../core'
import type { ClockAnswer } from '../api'
import { readInput } from '../net/read-input'
import type { Parts } from '../parts'

const UNITS = { days: DAY, hours: HOUR, minutes: MINUTE }

/** The times that ISO 8601 can write with a year of four digits. */
const [EARLIEST, LATEST] = [Date.parse('0000-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59Z')]

const SHAPE =
  'Send {"now": "2026-12-09T10:00:00Z"}, or {"advance": {"days": 10}} with days, hours or minutes, or {"reset": true}.'

/** Creates the handlers that show and set the clock. */
export function createClockRoutes({ clock }: Parts) {
  function show(c: Context): Response {
    const answer: ClockAnswer = { now: new Date(clock.now()).toISOString(), isSet: clock.isSet() }
    return c.json(answer)
  }

  async function set(c: Context): Promise<Response> {
    const input = await readInput(c.req.raw)
    if (isObject(input) && input.reset === true) {
      clock.reset()
      return show(c)
    }
    const time = readTime(input, clock.now())
    if (!(time >= EARLIEST && time <= LATEST)) throw new InputError(`The clock cannot be set to this time. ${SHAPE}`)
    clock.set(time)
    return show(c)
  }

  return { show, set }
}

function readTime(input: unknown, now: number): number {
  if (!isObject(input) || Object.keys(input).length !== 1) throw new InputError(`The clock cannot be read. ${SHAPE}`)
  if (isObject(input.advance)) return now + readDuration(input.advance)
  const text = typeof input.now === 'string' ? input.now : ''
  const time = /T.+(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(time)) throw new InputError(`"now" must be a date and time with an offset. ${SHAPE}`)
  return time
}

function readDuration(advance: Record<string, unknown>): number {
  const entries = Object.entries(advance)
  const isValid = entries.every(([unit, count]) => unit in UNITS && Number.isFinite(count))
  if (!isValid || entries.length === 0)
    throw new InputError(`"advance" must have numbers of days, hours or minutes. ${SHAPE}`)
  return entries.reduce((sum, [unit, count]) => sum + UNITS[unit as keyof typeof UNITS] * Number(count), 0)
}
