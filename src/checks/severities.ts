/**
 * All severities, most expensive first, and what follows from each. The page and preflight read this table.
 */
export const SEVERITIES = {
  'loses money': { tone: 'bad', isLoss: true, exitCode: 1 },
  'loses data': { tone: 'waiting', isLoss: true, exitCode: 1 },
  'worth a look': { tone: 'accent', isLoss: false, exitCode: 0 },
  'good news': { tone: 'good', isLoss: false, exitCode: 0 }
} as const satisfies Record<string, SeverityRules>

/** How much a finding matters to a marketplace. */
export type Severity = keyof typeof SEVERITIES

type SeverityRules = {
  /** The color of its badge. */
  tone: 'bad' | 'waiting' | 'accent' | 'good'
  /** Whether the marketplace loses something. Only such findings need attention. */
  isLoss: boolean
  /** The exit code of a preflight with such a finding. The highest one counts. */
  exitCode: number
}
