import type { ShopperMoment } from '../../api'
import { formatCount } from '../format'
import { describeMoment } from './describe-moment'

/** More than anybody reads. */
const MAX_LISTED = 500

/** The picture in words, for those who do not see it. */
export function MomentList({ timeline }: { timeline: ShopperMoment[] }) {
  return (
    <details class="moments panel">
      <summary>The same in words ({formatCount(timeline.length)})</summary>
      <ol>
        {timeline.slice(-MAX_LISTED).map((moment, index) => (
          <li key={index}>{describeMoment(moment)}</li>
        ))}
      </ol>
    </details>
  )
}
