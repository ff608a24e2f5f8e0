import { InputError, isObject, type JsonObject } from '../../core'
import { type Pipeline, readMessages } from '../../pipeline'
import type { Sandbox } from '../../sandbox'
import type { Clock } from '../clock'

/** Segment calls in JSON Lines, as preflight writes the cases of a finding. */
export type OpenedCalls = readonly JsonObject[]

/** Nobody looks at a case with more calls, and a workbench keeps no more events by default. */
const MAX_CALLS = 10_000

/**
 * Reads Segment calls, one on each line.
 *
 * @throws InputError that names the first line that is no call
 */
export function parseCalls(text: string): OpenedCalls {
  return readCalls(
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(parseLine)
  )
}

/**
 * Checks the calls of a file.
 *
 * @throws InputError that names the first line that is no call
 */
export function readCalls(lines: readonly unknown[]): OpenedCalls {
  if (lines.length > MAX_CALLS)
    throw new InputError(`The file has ${lines.length} lines. At most ${MAX_CALLS} are opened.`)
  return lines.map((call, index) => {
    if (!isObject(call) || typeof call.type !== 'string') {
      throw new InputError(`Line ${index + 1} is no Segment call: it must be a JSON object with a "type".`)
    }
    return call
  })
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** The clock is this far ahead of the last call. Milliseconds. */
const AFTER_LAST = 1_000

/**
 * Refuses to open calls without a sandbox.
 *
 * @throws InputError in live mode
 */
export function needSandbox(sandbox: Sandbox | undefined): void {
  if (!sandbox) throw new InputError('Calls are not opened in live mode, because Topsort would bill them again.')
}

/** What takes the calls. Without a sandbox, they would reach Topsort itself. */
type Takers = { pipeline: Pipeline; clock: Clock; sandbox?: Sandbox }

/**
 * Takes calls as if Segment received them at their own times. The clock is set to the time after the last one, so that none
 * is in the future or long ago.
 *
 * @throws InputError in live mode
 */
export function takeCalls(calls: OpenedCalls, { pipeline, clock, sandbox }: Takers): void {
  needSandbox(sandbox)
  const times = calls.map((call) => receiptOf(call))
  const last = Math.max(...times.flatMap((time) => time ?? []))
  if (Number.isFinite(last)) clock.set(last + AFTER_LAST)
  calls.forEach((call, index) => {
    // Segment has corrected its time already.
    const message = { ...call, receivedAt: undefined, sentAt: undefined, originalTimestamp: undefined }
    const { events, refused } = readMessages('batch', { batch: [message] }, new Date(times[index] ?? clock.now()))
    pipeline.accept(events, refused)
  })
}

/** Returns when Segment received a call, in epoch milliseconds. Undefined if the call does not say it. */
function receiptOf({ receivedAt, timestamp }: JsonObject): number | undefined {
  return [receivedAt, timestamp].map((time) => Date.parse(String(time))).find((time) => !Number.isNaN(time))
}
