import { createInterface } from 'node:readline'
import { HOUR, InputError } from '../../core'
import { formatCount, formatCountOf } from '../preflight/numbers'
import type { Survey } from './survey'

const SHOWN_EVENTS = 2

/** Writes an age such as `31 days` or `5 hours`. */
function toAge(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR)
  return hours < 48 ? formatCountOf(hours, 'hour') : formatCountOf(Math.floor(hours / 24), 'day')
}

/** Writes a request as it will be sent, without the key. Shows at most two events of a type. */
export function showRequest(url: string, body: Record<string, unknown>): string {
  const shown = Object.fromEntries(
    Object.entries(body).map(([key, value]) => {
      if (!Array.isArray(value) || value.length <= SHOWN_EVENTS) return [key, value]
      return [key, [...(value.slice(0, SHOWN_EVENTS) as unknown[]), `… ${value.length - SHOWN_EVENTS} more`]]
    })
  )
  return `POST ${url}\nauthorization: Bearer [redacted]\n\n${JSON.stringify(shown, null, 2)}`
}

/** Describes what a replay will send and leave out, and the age of the oldest event, in lines. */
export function describeSurvey({ sent, failing, counts, oldest }: Survey, now: number): string[] {
  const { impressions, clicks, purchases, pageviews, links } = sent
  const parts = [
    formatCountOf(impressions, 'impression'),
    formatCountOf(clicks, 'click'),
    formatCountOf(purchases, 'purchase'),
    formatCountOf(pageviews, 'page view'),
    ...(links > 0 ? [formatCountOf(links, 'link of two users', 'links of two users')] : [])
  ]
  const left: [number, string][] = [
    [counts.repeats, 'repeats of a message id within a day'],
    [counts.excluded, 'with "integrations" that leave Topsort out'],
    [counts.filtered, 'dropped by a filter'],
    [counts.unmapped, 'that no mapping takes'],
    [counts.tooOld, 'older than --max-age'],
    [counts.notSelected, 'outside of --from, --to or --source'],
    [counts.unreadable, 'lines or files that cannot be read']
  ]
  return [
    `To send: ${parts.join(', ')}.`,
    ...left.flatMap(([count, what]) => (count > 0 ? [`Left out: ${formatCount(count)} ${what}.`] : [])),
    ...(failing > 0
      ? [`Not sent, because they cannot be: ${formatCountOf(failing, 'event')}. They go to the rejected events.`]
      : []),
    ...(counts.madeIds > 0
      ? [
          `${formatCountOf(counts.madeIds, 'event')} without a message id: if Segment delivered them as well, Topsort cannot tell that they are the same.`
        ]
      : []),
    ...(oldest === undefined
      ? []
      : [
          `The oldest event is ${toAge(now - oldest)} old. Topsort publishes no limit for the age of events. Attribution looks back at most 90 days.`
        ])
  ]
}

/** The terminal on which a person is asked. */
export type Terminal = {
  input: NodeJS.ReadableStream & { isTTY?: boolean }
  output: NodeJS.WritableStream
}

/**
 * Asks a person to type the number of events before anything is sent.
 *
 * @throws InputError if nobody can be asked, or if the answer is not that number
 */
export async function confirm(events: number, { input, output }: Terminal): Promise<void> {
  if (!input.isTTY) {
    throw new InputError('Nobody can be asked here, because standard input is not a terminal. To send, add --yes.')
  }
  // Without the editing of a terminal, Ctrl-C ends the process.
  const lines = createInterface({ input, output, terminal: false })
  try {
    output.write(`This sends ${formatCountOf(events, 'event')} to Topsort. To go on, type the number of events: `)
    const line = await lines[Symbol.asyncIterator]().next()
    const answer = line.done ? '' : line.value
    if (answer.replace(/[\s,.']/g, '') !== String(events)) {
      throw new InputError(`Nothing was sent, because the answer was not ${events}.`)
    }
  } finally {
    lines.close()
  }
}
