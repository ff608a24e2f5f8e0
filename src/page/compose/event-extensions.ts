import { linter } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import { lineOf, parseEvents } from './parse-events'

/** Marks the lines that are no events. */
export const eventExtensions: Extension = linter(({ state: { doc } }) => {
  const parsed = parseEvents(doc.toString())
  if (parsed.ok || doc.length === 0) return []
  return parsed.problems.map((problem) => {
    const { from, to } = doc.line(Math.min(lineOf(problem), doc.lines))
    return { from, to, severity: 'error', message: problem.message }
  })
})
