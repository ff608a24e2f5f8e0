import { generateFql, parseFql } from '@segment/destination-subscriptions'
import { InputError } from '../core'
import type { Mapping } from './mappings'
import { distribute, type PlainNode, toPlain, writeTrigger } from './trigger-forms'
import { FIELDS, parseTrigger } from './trigger-syntax'

/** A part of a trigger that Segment's parser takes as something else. */
export type TriggerProblem = {
  /** What the parser does, in a sentence. */
  problem: string
  /** The whole trigger in a spelling that means what it says. Absent if there is none. */
  spelling?: string
}

/**
 * Compares what a trigger says with what Segment's parser takes it as. The parser reads conditions that it does not know
 * as others, or drops them, and reports no error.
 *
 * Returns nothing for a trigger that the parser refuses, and for one that it takes as it is.
 *
 * @example
 * explainTrigger('type = "track" and !(event = "Refund")')
 * // [{problem: `Segment's parser drops the "!" …`, spelling: 'type = "track" and event != "Refund"'}]
 */
export function explainTrigger(trigger: string): TriggerProblem[] {
  const taken = takenAs(trigger)
  if (taken === undefined) return []
  try {
    const { node, problems } = parseTrigger(trigger)
    const said = toPlain(node)
    if (isSame(toTaken(said), taken)) return []
    const spelling = findSpelling(said)
    const named = problems.length > 0 ? problems : [`Segment's parser takes it as: ${describe(trigger)}.`]
    return named.map((problem) => ({ problem, ...(spelling !== undefined && { spelling }) }))
  } catch (error) {
    return [{ problem: (error as Error).message }]
  }
}

/** A mapping whose trigger Segment takes as something else. */
export type LostTrigger = {
  mapping: string
  trigger: string
  /** What Segment's parser does, and how to write the trigger, in whole sentences. */
  sentence: string
  /** The trigger in a spelling that means what it says. Absent if there is none. */
  spelling?: string
}

/** Returns the mappings that are switched on and whose triggers Segment's parser takes as something else. */
export function findLostTriggers(mappings: readonly Mapping[]): LostTrigger[] {
  return mappings.flatMap((mapping) => (mapping.enabled ? (toLostTrigger(mapping) ?? []) : []))
}

/**
 * Checks that Segment's parser takes the triggers of mappings as they are written.
 *
 * @throws InputError that names the first other mapping, what the parser does, and the spelling that works
 */
export function checkTriggers(mappings: readonly Mapping[]): void {
  for (const mapping of mappings) {
    const lost = toLostTrigger(mapping)
    if (!lost) continue
    const problem = explainTrigger(mapping.subscribe)
      .map((each) => each.problem)
      .join(' ')
    throw new InputError(lost.sentence, {
      details: { problem: { field: 'trigger', problem, spelling: lost.spelling } }
    })
  }
}

function toLostTrigger({ name, subscribe: trigger }: Mapping): LostTrigger | undefined {
  const problems = explainTrigger(trigger)
  if (problems.length === 0) return undefined
  const [{ spelling }] = problems
  const sentences = [
    `The trigger of the mapping "${name}" would not mean what it says.`,
    ...problems.map(({ problem }) => problem),
    ...(spelling === undefined ? [] : [`Write it like this: ${spelling}`])
  ]
  return { mapping: name, trigger, sentence: sentences.join(' '), ...(spelling !== undefined && { spelling }) }
}

/** Returns the first spelling that the parser takes as it is. */
function findSpelling(said: PlainNode): string | undefined {
  for (const form of [said, distribute(said, 'or'), distribute(said, 'and')]) {
    const text = form && writeTrigger(form)
    const taken = text === undefined ? undefined : takenAs(text)
    if (form && taken && isSame(toTaken(form), taken)) return text
  }
  return undefined
}

/** A condition as the parser makes it, without groups of one part or of the same kind. */
type Taken = { operator: string; parts: Taken[] } | { type: string; name?: string; operator: string; value?: unknown }

/** A condition of the parser. A group has children. */
type FqlCondition = { type: string; name?: string; operator: string; value?: unknown; children?: FqlCondition[] }

/** Returns what the parser takes a trigger as. Undefined if it refuses it. */
function takenAs(trigger: string): Taken | undefined {
  const condition = parseFql(trigger)
  if ('error' in condition) return undefined
  return flatten(condition)
}

function flatten(condition: FqlCondition | undefined): Taken {
  if (condition?.children === undefined) return condition ?? { operator: 'none', parts: [] }
  const { operator, children } = condition
  return join(operator, children.map(flatten))
}

function join(operator: string, parts: Taken[]): Taken {
  const flat = parts.flatMap((part) => ('parts' in part && part.operator === operator ? part.parts : [part]))
  return flat.length === 1 ? flat[0] : { operator, parts: flat }
}

/**
 * Returns what the parser would have to make of a condition: what it makes of each comparison alone. Undefined if it
 * cannot express the condition.
 */
function toTaken(node: PlainNode): Taken | undefined {
  if (node.kind !== 'test') {
    const parts = node.parts.map(toTaken)
    return parts.includes(undefined) ? undefined : join(node.kind, parts as Taken[])
  }
  // The parser takes a key with a dot as two keys.
  const [root, ...keys] = node.path
  if (!FIELDS.includes(root) || keys.some((key) => key.includes('.'))) return undefined
  const text = writeTrigger(node)
  return text === undefined ? undefined : takenAs(text)
}

function isSame(one: Taken | undefined, other: Taken): boolean {
  return one !== undefined && JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

/** Lists the values of conditions in one order, because the parser has several. */
function sorted(taken: Taken): unknown {
  if ('parts' in taken) return [taken.operator, taken.parts.map(sorted)]
  const { type, name = '', operator, value = null } = taken
  return [type, name, operator, value]
}

function describe(trigger: string): string {
  try {
    return generateFql(parseFql(trigger))
  } catch {
    return 'a condition that is never true'
  }
}
