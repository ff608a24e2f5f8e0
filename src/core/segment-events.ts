/** The types of Segment's events. */
export const SEGMENT_EVENT_TYPES: readonly unknown[] = ['track', 'page', 'screen', 'identify', 'group', 'alias']

/** How deep an event may be nested. The framework's mappings throw at a few thousand levels, for the whole batch. */
export const MAX_EVENT_LEVELS = 500

/** The keys of an event whose values are objects. */
export const EVENT_OBJECTS = ['properties', 'traits', 'context', 'integrations'] as const

/** Returns whether a value stands for an empty object. PHP writes an empty array as `[]`, also where an object is meant. */
export function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
