/** The Tracking API's limit for one event, in bytes of JSON. */
export const MAX_CALL_BYTES = 32 * 1024

/** A part of a call, such as `properties.html`, and its size. */
type CallPart = { path: string; bytes: number }

const MAX_PARTS = 5

/** A part with most of the bytes of the part that it is in is shown in its place. */
const MOST = 0.7

/** Returns the size of a value as JSON, in bytes. */
export function sizeOf(value: unknown): number {
  const text = JSON.stringify(value) as string | undefined
  return text === undefined ? 0 : new TextEncoder().encode(text).length
}

/** Returns the largest properties of a call, largest first. */
export function largestParts(call: unknown): CallPart[] {
  const { properties, traits, context } = Object(call) as Record<string, unknown>
  const parts = [...partsOf('properties', properties), ...partsOf('traits', traits), ...partsOf('context', context)]
  return parts.sort((one, other) => other.bytes - one.bytes).slice(0, MAX_PARTS)
}

function partsOf(parent: string, value: unknown): CallPart[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => {
    const path = Array.isArray(value) ? `${parent}[${key}]` : `${parent}.${key}`
    const bytes = sizeOf(child)
    const inner = partsOf(path, child).filter((part) => part.bytes > bytes * MOST)
    return inner.length > 0 ? inner : [{ path, bytes }]
  })
}
