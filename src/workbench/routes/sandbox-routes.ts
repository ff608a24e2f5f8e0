import type { Context } from 'hono'
import { DAY, HOUR, InputError, isObject, MINUTE } from '../../core'
import { listWindows, parseAttributionSettings, parseAuctionScripts, parseCatalogue, parseFaults } from '../../sandbox'
import type { ClockAnswer } from '../api'
import type { Clock } from '../clock'
import { readInput } from '../net/read-input'
import { jsonAnswer, streamObject } from '../net/stream-json'
import type { Parts } from '../parts'
import { judgeAgain } from '../state/state'
import type { WorkbenchContext } from './context'

// The handlers that show and set the state of the sandbox. A `PUT` answers with the new value.

export function showLedger(c: WorkbenchContext): Response {
  const { view, dropped } = c.get('sandbox')
  const gone = dropped()
  const isWhole = Object.values(gone).every((count) => count === 0)
  return jsonAnswer(streamObject({ ...view(), ...(!isWhole && { dropped: gone }) }))
}

export function showFaults(c: WorkbenchContext): Response {
  return c.json(c.get('sandbox').scriptsLeft())
}

export async function scriptFaults(c: WorkbenchContext): Promise<Response> {
  const faults = await readBody(c, parseFaults)
  c.get('sandbox').script(faults)
  return c.json(faults)
}

export async function scriptAuctions(c: WorkbenchContext): Promise<Response> {
  const scripts = await readBody(c, parseAuctionScripts)
  c.get('sandbox').scriptAuctions(scripts)
  return c.json(scripts)
}

export function showCatalogue(c: WorkbenchContext): Response {
  return c.json(c.get('sandbox').catalogue())
}

export async function replaceCatalogue(c: WorkbenchContext): Promise<Response> {
  c.get('sandbox').replaceCatalogue(await readBody(c, parseCatalogue))
  return showCatalogue(c)
}

export function showAttribution(c: WorkbenchContext): Response {
  return jsonAnswer(streamObject(c.get('sandbox').attribution()))
}

/** Creates the handler that changes the rules of credit. The checks use the windows, so they judge again. */
export function createAttributionChange(parts: Parts) {
  return async (c: WorkbenchContext): Promise<Response> => {
    const { attribution, attributionSettings, changeAttribution } = c.get('sandbox')
    const before = JSON.stringify(listWindows(attributionSettings()))
    changeAttribution(await readBody(c, parseAttributionSettings))
    if (JSON.stringify(listWindows(attributionSettings())) !== before) judgeAgain(parts)
    return c.json(attribution())
  }
}

const UNITS = { days: DAY, hours: HOUR, minutes: MINUTE }

/** The times that ISO 8601 can write with a year of four digits. */
const [EARLIEST, LATEST] = [Date.parse('0000-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59Z')]

const CLOCK_CURE =
  'Send {"now": "2026-12-09T10:00:00Z"}, or {"advance": {"days": 10}} with days, hours or minutes, or {"reset": true}.'

export function showClock({ clock }: Parts) {
  return (c: Context): Response => {
    const answer: ClockAnswer = { now: new Date(clock.now()).toISOString(), isSet: clock.isSet() }
    return c.json(answer)
  }
}

export function setClock(parts: Parts) {
  return async (c: Context): Promise<Response> => {
    changeClock(parts.clock, await readInput(c.req.raw))
    return showClock(parts)(c)
  }
}

function changeClock(clock: Clock, input: unknown): void {
  if (isObject(input) && input.reset === true) {
    clock.reset()
    return
  }
  const time = readTime(input, clock.now())
  if (!(time >= EARLIEST && time <= LATEST)) throw new InputError(`The clock cannot be set to this time. ${CLOCK_CURE}`)
  clock.set(time)
}

function readTime(input: unknown, now: number): number {
  if (!isObject(input) || Object.keys(input).length !== 1)
    throw new InputError(`The clock cannot be read. ${CLOCK_CURE}`)
  if (isObject(input.advance)) return now + readDuration(input.advance)
  const text = typeof input.now === 'string' ? input.now : ''
  const time = /T.+(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(time)) throw new InputError(`"now" must be a date and time with an offset. ${CLOCK_CURE}`)
  return time
}

function readDuration(advance: Record<string, unknown>): number {
  const entries = Object.entries(advance)
  const isValid = entries.every(([unit, count]) => unit in UNITS && Number.isFinite(count))
  if (!isValid || entries.length === 0)
    throw new InputError(`"advance" must have numbers of days, hours or minutes. ${CLOCK_CURE}`)
  return entries.reduce((sum, [unit, count]) => sum + UNITS[unit as keyof typeof UNITS] * Number(count), 0)
}

/** Reads JSON. @throws InputError with the message of the parser */
async function readBody<Value>(c: Context, parse: (value: unknown) => Value): Promise<Value> {
  const value = await readInput(c.req.raw)
  try {
    return parse(value)
  } catch (error) {
    throw new InputError((error as Error).message, { cause: error })
  }
}
