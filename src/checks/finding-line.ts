import { clip } from '../core'
import type { CaseIds, Finding } from './finding'

/** In characters. A UUID has 36. */
const MAX_ID_LENGTH = 40

const LABELS: [keyof CaseIds, string][] = [
  ['messageId', 'event'],
  ['otherMessageId', 'and event'],
  ['user', 'user'],
  ['otherUser', 'and user'],
  ['product', 'product'],
  ['order', 'order'],
  ['bid', 'bid']
]

/**
 * Formats a finding as one line for a terminal, with the ids of its newest case. Replaces control characters, because
 * the ids come from outside.
 *
 * @example
 * console.log(findingLine(finding))
 * // loses data: An event has a wrong time (bad-time, once; newest: event m-1, user anna). Leave the timestamp to …
 */
export function findingLine({ code, severity, title, cure, link, count, samples }: Finding): string {
  const sample = samples.at(-1)
  const ids = LABELS.flatMap(([key, label]) => (sample?.[key] ? `${label} ${toPrintable(sample[key])}` : []))
  const times = count === 1 ? 'once' : `${count.toLocaleString('en')} times`
  return `${severity}: ${title} (${code}, ${times}; newest: ${ids.join(', ')}). ${cure} See ${link}.`
}

function toPrintable(id: string): string {
  return clip(id.replace(/[\p{C}\p{Z}]+/gu, ' '), MAX_ID_LENGTH)
}
