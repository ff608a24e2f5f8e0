import type { Losses } from './losses'
import { type AttributionWindows, forGroupings, type Group, type Judge, type JudgeContext } from './model'
import type { FindingTally } from './tally'

/** The judges of all checks. */
export type Judges = ReturnType<typeof createJudges>

/** Creates the judges of the checks of these tallies. */
export function createJudges(tallies: readonly FindingTally[], windows: AttributionWindows, losses: Losses) {
  const judges = forGroupings((grouping) =>
    tallies.flatMap((tally): [Judge, FindingTally][] => {
      // A judge only ever gets groups of its own grouping, with their kind of past.
      const judge = tally.check.groups?.[grouping] as Judge | undefined
      return judge ? [[judge, tally]] : []
    })
  )
  let touched: Group[] = []
  /** The group that is being judged. */
  let judged: Group
  const context: JudgeContext = { windows, mayHaveLost: (...kinds) => losses.mayHave(judged, kinds) }

  /**
   * Judges a group, and gives its sightings to the tallies.
   *
   * @param isFinal whether to keep counting the sightings that are missing now, because facts were forgotten
   */
  function judge(group: Group, isFinal: boolean): void {
    judged = group
    for (const [judge, tally] of judges[group.grouping]) {
      const sightings = judge(group, context)
      // Nearly all groups never have one.
      if (sightings.length > 0 || group.sightings) tally.replace(group, sightings, isFinal)
    }
  }

  return {
    /** Marks a group to be judged again. */
    touch: (group: Group): void => {
      if (group.isTouched) return
      group.isTouched = true
      touched.push(group)
    },
    /** Judges the marked groups. */
    judgeTouched: (): void => {
      const changed = touched
      touched = []
      for (const group of changed) {
        if (group.isTouched) judge(group, false)
        group.isTouched = false
      }
    },
    judge,
    /** Takes back the mark and the sightings of a group whose facts move to another group. */
    clear(group: Group): void {
      group.isTouched = false
      for (const [, tally] of judges[group.grouping]) tally.replace(group, [], false)
    }
  }
}
