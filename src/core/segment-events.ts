/** The types of Segment's events. */
export const SEGMENT_EVENT_TYPES: readonly unknown[] = ['track', 'page', 'screen', 'identify', 'group', 'alias']

/** How deep an event may be nested. The framework's mappings throw at a few thousand levels, for the whole batch. */
export const MAX_EVENT_LEVELS = 500
