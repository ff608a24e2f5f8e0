import { compileGlob } from './glob'

/** The comparisons and functions of Segment's filter language. A value that the event does not have is null. */

/** The comparisons by their sign. Values of different types are never equal, and only numbers are less or greater. */
export const COMPARISONS: Record<string, (one: unknown, other: unknown) => boolean> = {
  '=': isSame,
  '!=': (one, other) => !isSame(one, other),
  '<': ofNumbers((one, other) => one < other),
  '<=': ofNumbers((one, other) => one <= other),
  '>': ofNumbers((one, other) => one > other),
  '>=': ofNumbers((one, other) => one >= other)
}

/** The functions by their name. A function that gets a value of another type than it takes returns false, null or NaN. */
export const FUNCTIONS: Record<string, { arity: number; call: (...values: unknown[]) => unknown }> = {
  contains: {
    arity: 2,
    call: (text, part) => typeof text === 'string' && typeof part === 'string' && text.includes(part)
  },
  match: {
    arity: 2,
    call: (text, glob) => typeof text === 'string' && typeof glob === 'string' && toPattern(glob)(text)
  },
  lowercase: { arity: 1, call: (text) => (typeof text === 'string' ? text.toLowerCase() : null) },
  typeof: { arity: 1, call: typeOf },
  length: {
    arity: 1,
    call: (value) => (typeof value === 'string' || Array.isArray(value) ? value.length : isMissing(value) ? 0 : NaN)
  }
}

/** Returns whether two values are equal. Lists and objects are equal if their JSON is. */
export function isSame(one: unknown, other: unknown): boolean {
  if (isMissing(one) || isMissing(other)) return isMissing(one) && isMissing(other)
  if (typeof one === 'object' && typeof other === 'object') return JSON.stringify(one) === JSON.stringify(other)
  return one === other
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null
}

function ofNumbers(compare: (one: number, other: number) => boolean): (one: unknown, other: unknown) => boolean {
  return (one, other) => typeof one === 'number' && typeof other === 'number' && compare(one, other)
}

function typeOf(value: unknown): string {
  if (isMissing(value)) return 'null'
  return Array.isArray(value) ? 'list' : typeof value
}

/** Limits the memory, because a pattern may come from an event. */
const MAX_PATTERNS = 1_000

const patterns = new Map<string, (text: string) => boolean>()

function toPattern(glob: string): (text: string) => boolean {
  const known = patterns.get(glob)
  if (known) return known
  const pattern = compileGlob(glob)
  if (patterns.size < MAX_PATTERNS) patterns.set(glob, pattern)
  return pattern
}
