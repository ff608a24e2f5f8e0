import type { ActionDefinition, InputField } from '@segment/actions-core'
import type { Reason } from '../core'
import { type Difference, findDifferences } from './differences'
import { rulesOf } from './fields'
import { findSentPlace } from './sent-place'

/** The fields of an action, by their keys. */
export type Fields = ActionDefinition<unknown>['fields']

/** A difference, and an explanation for the reader. */
export type ExplainedDifference = Difference & {
  /** Where the value is in `sent`: `clicks[0].entity.id`. Absent if it was not sent. */
  sentPlace?: string
  /** The label of the field in Segment's mapping editor. */
  label: string
  /** The description of the field, as Segment shows it. Empty if it has none. */
  description: string
  /** What the destination did to the value, and why, in a sentence or two. */
  rule: string
}

const CHANGED = 'The destination writes this value as Topsort needs it.'
const OMITTED =
  'Topsort has no place for this value, or would reject it. It is optional, so the event is sent without it.'
const TRIMMED = 'Spaces at the ends are removed.'

/**
 * Finds the differences, and adds to each one the field of the action that it is about, and the rule that applied.
 *
 * @example
 * explainDifferences({ payload: { id: 'm1', channel: 'Onsite' }, sent: { clicks: [{ id: 'm1', channel: 'onsite' }] } })
 */
export function explainDifferences(
  { payload, sent, reason }: { payload?: unknown; sent?: unknown; reason?: Reason },
  fields: Fields = {}
): ExplainedDifference[] {
  return findDifferences(payload, sent, reason).map((difference) => {
    const { path } = difference
    const keys = path.replace(/\[\d+\]/g, '').split('.')
    return {
      ...difference,
      ...('to' in difference && { sentPlace: findSentPlace(path, payload, sent, reason) }),
      ...describe(keys, fields),
      rule: ruleOf(difference, keys, payload)
    }
  })
}

/** Describes the innermost field on the path. Objects may have keys that are not fields. */
function describe([first, ...rest]: string[], fields: Fields): { label: string; description: string } {
  const top = Object.hasOwn(fields, first) ? fields[first] : undefined
  if (!top) return { label: first, description: '' }
  let found: Pick<InputField, 'label' | 'properties'> & { description?: string } = top
  for (const key of rest) {
    const inner = found.properties && Object.hasOwn(found.properties, key) ? found.properties[key] : undefined
    if (!inner) break
    found = inner
  }
  const label = found === top ? top.label : `${top.label}: ${found.label}`
  return { label, description: found.description ?? '' }
}

function ruleOf(difference: Difference, keys: string[], payload: unknown): string {
  const { from, to } = difference
  const kind = 'to' in difference ? 'changed' : 'omitted'
  if (kind === 'changed' && typeof from === 'string' && from !== to && from.trim() === to) return TRIMMED
  const rule = rulesOf(keys).find(
    ({ applies = () => true, ...sentences }) => sentences[kind] !== undefined && applies(difference, payload)
  )
  return rule?.[kind] ?? (kind === 'changed' ? CHANGED : OMITTED)
}
