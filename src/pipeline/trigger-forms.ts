import {
  FIELDS,
  NEEDS_BACKSLASH,
  negate,
  type TriggerNode,
  type TriggerTest,
  type TriggerValue
} from './trigger-syntax'

/** A condition without `not`: groups of comparisons, each group inside one of the other kind. */
export type PlainNode = TriggerTest | { kind: 'and' | 'or'; parts: PlainNode[] }

/** More parts than this make no trigger that somebody could read. */
const MAX_PARTS = 64

/** Returns an equal condition in which only comparisons are negated. */
export function toPlain(node: TriggerNode, isNegated = false): PlainNode {
  if (node.kind === 'not') return toPlain(node.part, !isNegated)
  if (node.kind === 'test') return toPlainTest(isNegated ? negate(node) : node)
  const kind = isNegated ? otherKind(node.kind) : node.kind
  return group(
    kind,
    node.parts.map((part) => toPlain(part, isNegated))
  )
}

/** Segment's parser has no "is not true" and no "is not less". Then the value is the opposite, or not there. */
function toPlainTest(test: TriggerTest): PlainNode {
  const { path, value, isNegated } = test
  if (!isNegated) return test
  const isMissing: TriggerTest = { kind: 'test', path, test: 'equals', value: null, isNegated: false }
  if (test.test === 'equals' && typeof value === 'boolean' && canBeBoolean(path)) {
    return group('or', [{ ...test, value: !value, isNegated: false }, isMissing])
  }
  const opposite = OPPOSITES[test.test]
  return opposite ? group('or', [{ ...test, test: opposite, isNegated: false }, isMissing]) : test
}

/** The type and the names of an event are text. */
function canBeBoolean([root]: readonly string[]): boolean {
  return root === 'userId' || !FIELDS.slice(0, 4).includes(root)
}

const OPPOSITES: Partial<Record<TriggerTest['test'], TriggerTest['test']>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<'
}

/**
 * Returns an equal condition with two levels: a group of this kind, of groups of the other kind. Undefined if it would be
 * too long.
 */
export function distribute(node: PlainNode, outer: 'and' | 'or'): PlainNode | undefined {
  const lists = toLists(node, outer)
  if (!lists) return undefined
  return group(
    outer,
    lists.map((parts) => group(otherKind(outer), parts))
  )
}

function toLists(node: PlainNode, outer: 'and' | 'or'): TriggerTest[][] | undefined {
  if (node.kind === 'test') return [[node]]
  const parts = node.parts.map((part) => toLists(part, outer))
  if (parts.some((part) => part === undefined)) return undefined
  const known = parts as TriggerTest[][][]
  const lists =
    node.kind === outer
      ? known.flat()
      : known.reduce((all, part) => all.slice(0, MAX_PARTS).flatMap((one) => part.map((other) => [...one, ...other])))
  return lists.length < MAX_PARTS ? lists : undefined
}

/** Returns a group without groups of the same kind in it. A group of one part is that part. */
export function group(kind: 'and' | 'or', parts: readonly PlainNode[]): PlainNode {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]))
  return flat.length === 1 ? flat[0] : { kind, parts: flat }
}

/** Writes a condition as a trigger. Undefined if a text in it cannot be written. */
export function writeTrigger(node: PlainNode): string | undefined {
  if (node.kind === 'test') return writeTest(node)
  const parts = node.parts.map((part) => {
    const text = writeTrigger(part)
    return part.kind === 'test' || text === undefined ? text : `(${text})`
  })
  return parts.includes(undefined) ? undefined : parts.join(` ${node.kind} `)
}

function writeTest({ path, test, value, isNegated }: TriggerTest): string | undefined {
  if (typeof value === 'string' && value.includes('"')) return undefined
  const at = path.map(writeKey).join('.')
  const not = isNegated ? '!' : ''
  if (test === 'equals') return `${at} ${not}= ${writeValue(value)}`
  if (test === 'contains') return `${not}contains(${at}, ${writeValue(value)})`
  if (test === 'starts') return `${not}match(${at}, "${String(value)}*")`
  if (test === 'ends') return `${not}match(${at}, "*${String(value)}")`
  return `${at} ${test} ${writeValue(value)}`
}

function writeKey(key: string): string {
  const escaped = key.replace(/[^\w-]/g, '\\$&')
  return NEEDS_BACKSLASH.test(key) ? `\\${escaped}` : escaped
}

function writeValue(value: TriggerValue): string {
  return typeof value === 'string' ? `"${value}"` : String(value)
}

function otherKind(kind: 'and' | 'or'): 'and' | 'or' {
  return kind === 'and' ? 'or' : 'and'
}
