import { useState } from 'preact/hooks'
import type { ShopperMoment } from '../../api'
import { formatCount } from '../format'
import { describeMoment } from './describe-moment'

/** More than anybody reads. */
const MAX_LISTED = 500

/** The picture in words, for those who do not see it. */
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
            <li key={index}>{describeMoment(moment)}</li>
          ))}
        </ol>
      )}
    </details>
  )
}
