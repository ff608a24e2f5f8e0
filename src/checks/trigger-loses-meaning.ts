import type { LostTrigger } from '../pipeline'
import type { Finding, Sample } from './finding'
import type { CheckText } from './model'

/** A trigger means something else than it says. It needs no events, so it is no check of the registry. */
export const triggerLosesMeaning: CheckText = {
  code: 'trigger-loses-meaning',
  severity: 'loses data',
  title: 'Segment takes a trigger as something else than it says',
  why: "Segment's parser drops or changes what it does not know, and reports no error. The mapping takes other events than it should, or none.",
  cure: 'Write the trigger in the spelling that works. A condition that no trigger can have may be a destination filter.'
}

const MAX_SAMPLES = 10

/**
 * Returns the finding about these mappings, or none.
 *
 * @param first the time of the first event, ISO 8601
 * @param last the time of the last event
 */
export function toTriggerFindings(lost: readonly LostTrigger[], first: string, last: string): Finding[] {
  if (lost.length === 0) return []
  const { code } = triggerLosesMeaning
  return [
    {
      ...triggerLosesMeaning,
      link: `docs/findings.md#${code}`,
      count: lost.length,
      cost: null,
      otherCosts: [],
      first,
      last,
      samples: lost.slice(0, MAX_SAMPLES).map(toSample),
      sentence: lost[0].sentence
    }
  ]
}

function toSample({ mapping, trigger, spelling }: LostTrigger): Sample {
  return { messageId: '', mapping, trigger, ...(spelling !== undefined && { spelling }) }
}
