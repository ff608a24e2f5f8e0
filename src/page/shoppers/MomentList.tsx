import { useState } from 'preact/hooks'
import type { ShopperMoment } from '../../workbench/api'
import { formatCount } from '../format'
import { describeMoment } from './describe-moment'

/** The largest number of entries. */
const MAX_LISTED = 500

/** Describes the picture in words, for screen readers. */
export function MomentList({ timeline }: { timeline: ShopperMoment[] }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details
      class="moments panel"
      onToggle={({ currentTarget }) => {
        setIsOpen(currentTarget.open)
      }}
    >
      <summary>The same in words ({formatCount(timeline.length)})</summary>
      {isOpen && (
        <ol>
          {timeline.slice(-MAX_LISTED).map((moment, index) => (
            <li key={index} class="reason">
              {describeMoment(moment)}
            </li>
          ))}
        </ol>
      )}
    </details>
  )
}
