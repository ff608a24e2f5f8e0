/** Knows which events the findings are about. */
export type Marks = ReturnType<typeof createMarks>

/** The oldest marks are forgotten first. */
const MAX_EVENTS = 50_000

/**
 * Creates empty marks.
 *
 * @param onMark is called when a code of an event appears or disappears
 */
export function createMarks(onMark: (messageId: string) => void = () => undefined) {
  /** How often each code was added, by the message id. */
  const marks = new Map<string, Map<string, number>>()
  const events = new Map<string, number>()
  const addEvents = (code: string, change: number): void => {
    events.set(code, (events.get(code) ?? 0) + change)
  }

  return {
    add(code: string, messageId: string): void {
      const codes = marks.get(messageId) ?? new Map<string, number>()
      const count = codes.get(code) ?? 0
      codes.set(code, count + 1)
      if (codes.size === 1 && count === 0) {
        marks.set(messageId, codes)
        if (marks.size > MAX_EVENTS) dropOldest(marks)
      }
      if (count > 0) return
      addEvents(code, 1)
      onMark(messageId)
    },
    /** Takes back one `add`. */
    remove(code: string, messageId: string): void {
      const codes = marks.get(messageId)
      const count = codes?.get(code)
      if (codes === undefined || count === undefined) return
      if (count > 1) {
        codes.set(code, count - 1)
        return
      }
      codes.delete(code)
      if (codes.size === 0) marks.delete(messageId)
      addEvents(code, -1)
      onMark(messageId)
    },
    /** Returns the codes of an event, in the order in which they were added. */
    codesOf: (messageId: string): string[] => [...(marks.get(messageId)?.keys() ?? [])],
    /** Returns the number of events with a code, also of those that are forgotten. */
    count: (code: string): number => events.get(code) ?? 0
  }
}

function dropOldest(marks: Map<string, unknown>): void {
  const [oldest] = marks.keys()
  marks.delete(oldest)
}
