import { formatCount } from '../format'
import { largestParts, MAX_CALL_BYTES, sizeOf } from './largest-parts'

/** Shows which properties make a call too large for Segment. Nothing for calls of an allowed size. */
export function LargestParts({ call }: { call: unknown }) {
  const size = sizeOf(call)
  if (size <= MAX_CALL_BYTES) return null
  return (
    <section class="detail-part">
      <h3>The largest properties</h3>
      <p class="hint">
        The call has {formatCount(size)} bytes of JSON. Segment takes {formatCount(MAX_CALL_BYTES)}.
      </p>
      <ol class="largest">
        {largestParts(call).map(({ path, bytes }) => (
          <li key={path}>
            <span class="code">{path}</span>
            <span class="largest-bar" style={{ '--share': bytes / size }} />
            <span>{formatCount(bytes)} bytes</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
