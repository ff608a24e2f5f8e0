import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { formatCount } from '../format'
import { toJsonLines } from '../json-lines'
import type { JsonLine } from '../json-lines'
import { Button } from './Button'
import { useToggle } from './use-toggle'

/** How a line of a JSON view is marked. */
export type JsonMark = {
  tone: 'changed' | 'removed'
  /** At the end of the line, for example the number of a footnote. */
  note?: ComponentChildren
}

type Props = {
  /** Names the value to screen readers. */
  label: string
  value: unknown
  /** By path, such as `items[1].quantity`. A mark of an object or list marks all of its lines. */
  marks?: ReadonlyMap<string, JsonMark>
  /** The value under the pointer, as JSON. Views that share this signal highlight the same value. */
  traced?: Signal<string>
}

/** The largest number of lines. More of them would make the page slow. */
const MAX_LINES = 500

/** Shows a value as JSON. Everything in it is text, never HTML. */
export function JsonView({ label, value, marks, traced }: Props) {
  const [showsAll, showAll] = useToggle()
  const lines = toJsonLines(value)
  const shown = showsAll ? lines : lines.slice(0, MAX_LINES)
  return (
    <div
      class="json"
      tabIndex={0}
      role="region"
      aria-label={label}
      onPointerLeave={() => {
        if (traced) traced.value = ''
      }}
    >
      <code>
        {shown.map((line, index) => (
          <Line key={index} line={line} marks={marks} traced={traced} />
        ))}
      </code>
      {shown.length < lines.length && (
        <Button variant="quiet" onClick={showAll}>
          Show all {formatCount(lines.length)} lines
        </Button>
      )}
    </div>
  )
}

type LineProps = { line: JsonLine; marks: Props['marks']; traced: Props['traced'] }

function Line({ line: { depth, key, text, kind, comma, path }, marks, traced }: LineProps) {
  const [mark, isFirst] = findMark(path, kind === 'bracket' && key === undefined && text.length === 1, marks)
  const isTraced = kind !== 'bracket' && traced?.value === text
  return (
    <span
      class={`json-line${mark ? ` json-${mark.tone}` : ''}${isTraced ? ' json-traced' : ''}`}
      style={{ '--depth': depth }}
      onPointerEnter={() => {
        if (traced) traced.value = kind === 'bracket' ? '' : text
      }}
    >
      {key !== undefined && (
        <>
          <span class="json-key">{JSON.stringify(key)}</span>:{' '}
        </>
      )}
      <span class={`json-${kind}`}>{text}</span>
      {comma && ','}
      {isFirst && mark?.note}
      {'\n'}
    </span>
  )
}

/** Returns the mark of a line, and whether it is the first line with it. Lines inherit the mark of what they are in. */
function findMark(path: string, isEnd: boolean, marks: Props['marks']): [JsonMark | undefined, boolean] {
  if (!marks || marks.size === 0) return [undefined, false]
  const own = marks.get(path)
  if (own) return [own, !isEnd]
  for (let end = path.length; end > 0; end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1))) {
    const mark = marks.get(path.slice(0, end))
    if (mark) return [mark, false]
  }
  return [undefined, false]
}
