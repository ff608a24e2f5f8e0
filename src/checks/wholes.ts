import { type AttributionDays, toWindows } from './times'
import { readCall } from './call'
import { type Finding, toFinding } from './finding'
import type { EventObservation } from './observation'
import { createClickMemory } from './whole/click-memory'
import { wholeRegistry } from './registry'

/** The sketches of all checks that need all calls, as plain JSON, by the code of the check. */
export type SavedWholes = Record<string, unknown>

/** The checks that need all calls. */
export type Wholes = ReturnType<typeof createWholes>

/**
 * Starts all checks that need all calls.
 *
 * @param saved sketches to continue with, for example those of the parts of an archive
 * @param attributionDays the attribution windows. Default: 14 days, as at Topsort
 *
 * @example
 * const findings = createWholes(parts.map(({ sketches }) => sketches)).findings()
 */
export function createWholes(saved: readonly SavedWholes[] = [], attributionDays: AttributionDays = 14) {
  const clicks = createClickMemory(toWindows(attributionDays).longest)
  const watches = wholeRegistry.map((check) => ({ check, seen: check.start(clicks) }))
  for (const sketches of saved) {
    for (const { check, seen } of watches) if (check.code in sketches) seen.merge(sketches[check.code])
  }
  return {
    /** Takes a Segment call that is no repeat. */
    observe: (observation: EventObservation): void => {
      const facts = readCall(observation, clicks)
      for (const { check, seen } of watches) check.observe(seen, observation, facts)
    },
    findings: (): Finding[] =>
      watches.flatMap(({ check, seen }) => {
        const result = check.result(seen)
        return result ? [toFinding(check, result)] : []
      }),
    save: (): SavedWholes => Object.fromEntries(watches.map(({ check, seen }) => [check.code, seen.save()]))
  }
}
