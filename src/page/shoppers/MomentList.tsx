import { useState } from 'preact/hooks'
import type { ShopperMoment } from '../../workbench/api'
import { dayOf, formatCount, formatDay } from '../format'
import { describeMoment } from './describe-moment'

/** The largest number of entries. */
const MAX_LISTED = 500

/** Describes the picture in words, for screen readers. */
export function MomentList({ timeline }: { timeline: ShopperMoment[] }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details class="moments panel" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>The same in words ({formatCount(timeline.length)})</summary>
      {isOpen && (
        <ol>
          {timeline.slice(-MAX_LISTED).map((moment, index, all) => (
            <li key={index} class="reason" title={moment.at}>
              {startsDay(moment, all.at(index - 1), index) && (
                <strong class="moment-day">{formatDay(moment.at)}</strong>
              )}
              {describeMoment(moment)}
            </li>
          ))}
        </ol>
      )}
    </details>
  )
}

/** Returns whether a moment is the first of its day. The first of all needs a separator only if it was not today. */
function startsDay(moment: ShopperMoment, before: ShopperMoment | undefined, index: number): boolean {
  if (index === 0 || before === undefined) return formatDay(moment.at) !== formatDay(new Date().toISOString())
  return dayOf(moment.at) !== dayOf(before.at)
}
