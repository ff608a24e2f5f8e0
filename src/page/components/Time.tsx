import { formatTime, type TimePrecision } from '../format'

/** A time with its date if that is not today. The whole time in ISO 8601 is shown on hover. */
export function Time({ at, precision }: { at: string; precision?: TimePrecision }) {
  return (
    <time dateTime={at} title={at}>
      {formatTime(at, precision)}
    </time>
  )
}
