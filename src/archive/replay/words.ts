import { HOUR } from '../../core'
import type { Survey } from './survey'

/** Writes a count with its noun: `1 event`, `1,200 events`. */
export function toCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`
}

/** Writes an age such as `31 days` or `5 hours`. */
export function toAge(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR)
  return hours < 48 ? toCount(hours, 'hour') : toCount(Math.floor(hours / 24), 'day')
}

/** Writes the first request as it will be sent, without the key. Of many events, the first two are shown. */
export function showRequest(url: string, body: Record<string, unknown>): string {
  const shown = Object.fromEntries(
    Object.entries(body).map(([key, value]) => {
      if (!Array.isArray(value) || value.length <= SHOWN_EVENTS) return [key, value]
      return [key, [...(value.slice(0, SHOWN_EVENTS) as unknown[]), `… ${value.length - SHOWN_EVENTS} more`]]
    })
  )
  return `POST ${url}\nauthorization: Bearer [redacted]\n\n${JSON.stringify(shown, null, 2)}`
}

const SHOWN_EVENTS = 2

/** Says what a replay will send and leave out, and how old the oldest event is. */
export function describeSurvey({ sent, failing, counts, oldest }: Survey, now: number): string[] {
  const { impressions, clicks, purchases, pageviews, links } = sent
  const parts = [
    toCount(impressions, 'impression'),
    toCount(clicks, 'click'),
    toCount(purchases, 'purchase'),
    toCount(pageviews, 'page view'),
    ...(links > 0 ? [toCount(links, 'link of two users', 'links of two users')] : [])
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
    ...left.flatMap(([count, what]) => (count > 0 ? [`Left out: ${count.toLocaleString('en')} ${what}.`] : [])),
    ...(failing > 0
      ? [`Not sent, because they cannot be: ${toCount(failing, 'event')}. They go to the rejected events.`]
      : []),
    ...(counts.madeIds > 0
      ? [
          `${toCount(counts.madeIds, 'event')} without a message id: if Segment delivered them as well, Topsort cannot tell that they are the same.`
        ]
      : []),
    ...(oldest === undefined
      ? []
      : [
          `The oldest event is ${toAge(now - oldest)} old. Topsort publishes no limit for the age of events. Attribution looks back at most 90 days.`
        ])
  ]
}
