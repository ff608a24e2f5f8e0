import { mayBeObject, toSentence } from '../../destinations'
import type { Reason } from '../../core'

/** What several events with the same problem have in common. */
export type GeneralReason = {
  /** The same for the same problem, and different for different ones. */
  key: string
  code: string
  /** The sentence of the reason. `…` stands for a value, `N` for a number. */
  message: string
}

/** Stands for the parts that differ from event to event. Parts that are undefined do not tell events apart. */
const GENERAL_PARTS = new Map<string, unknown>([
  ['value', '…'],
  ['ids', ['…']],
  ['lines', ['N']],
  ['products', ['N']],
  ['count', 'N'],
  ['of', 'N'],
  ['length', 'N'],
  ['values', undefined],
  ['message', undefined],
  ['answer', undefined],
  ['notes', undefined]
])

/** The parts that have a reason for each kind of line, product or event. */
const INNER_REASONS = ['problems', 'reasons']

/** The nouns for events in sentences, where they are not the name of the action. */
const NOUNS = new Map([
  ['impressionsList', 'list'],
  ['pageviews', 'page view'],
  ['linkUsers', 'link']
])

/**
 * Removes the values of one event from a reason, and writes its sentence.
 *
 * @param action the key of the action that the event is for
 * @param message the event's own message
 * @example
 * toGeneralReason({ code: 'lines_left_out', of: 9, problems: [{ code: 'line_without_price', lines: [1, 4] }] }, 'purchase', …)
 * // 'Left out of this order: line N has no price.'
 */
export function toGeneralReason(reason: Reason, action: string, message: string): GeneralReason {
  const { code } = reason
  // The framework's errors and those of a bug have no parts from which a sentence could be written.
  if (code === 'field_invalid') return toGroup(reason, String(reason.problem))
  if (code === 'required_field_missing') return toGroup(reason, message)
  if (code === 'error_thrown') return toGroup({ ...reason, error: message }, message)

  const noun = NOUNS.get(action) ?? action
  const general = withoutValues(reason)
  return toGroup({ ...general, noun }, toSentence(general as Parameters<typeof toSentence>[0], noun))
}

/** Returns the general reason of a line of an order that cannot be reported. `code` is that of its problem. */
export function toGeneralLineProblem(code: string): GeneralReason {
  const reason = { code: 'lines_left_out', problems: [{ code, lines: [] }] }
  return { ...toGeneralReason(reason, 'purchase', ''), code }
}

function toGroup(parts: Reason, message: string): GeneralReason {
  return { key: JSON.stringify(parts), code: parts.code, message }
}

function withoutValues(reason: Reason): Reason {
  const parts = Object.entries(reason).map(([part, value]): [string, unknown] => {
    if (Array.isArray(value) && INNER_REASONS.includes(part)) return [part, joinSame(value as Reason[])]
    return [part, GENERAL_PARTS.has(part) ? GENERAL_PARTS.get(part) : value]
  })
  const general = { ...Object.fromEntries(parts), code: reason.code }
  // The sentence has a hint then, so the length of the list is kept.
  return mayBeObject(reason as Parameters<typeof mayBeObject>[0]) ? { ...general, of: reason.of } : general
}

/** Problems that differ only in values are the same one. Their order does not matter. */
function joinSame(problems: Reason[]): Reason[] {
  const byKey = new Map(problems.map(withoutValues).map((problem) => [JSON.stringify(problem), problem]))
  return [...byKey].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, problem]) => problem)
}
