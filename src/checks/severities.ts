/**
 * All severities, most expensive first, and what follows from each. The page and preflight read this table.
 */
export const SEVERITIES = {
  'loses money': { tone: 'bad', isLoss: true },
  'loses data': { tone: 'waiting', isLoss: true },
  'worth a look': { tone: 'accent', isLoss: false },
  'good news': { tone: 'good', isLoss: false }
} as const satisfies Record<string, SeverityRules>

/** How much a finding matters to a marketplace. */
export type Severity = keyof typeof SEVERITIES

type SeverityRules = {
  /** The color of its badge. */
  tone: 'bad' | 'waiting' | 'accent' | 'good'
  /** Whether the marketplace loses something. Only such findings need attention, and give preflight the exit code 1. */
  isLoss: boolean
}
