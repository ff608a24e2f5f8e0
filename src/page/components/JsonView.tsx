import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { formatCount } from '../format'
import { type JsonLine, toJsonLines } from '../json-lines'
import { Button } from './Button'

/** How a line of a JSON view is marked. */
export type JsonMark = {
  tone: 'changed' | 'removed'
  /** At the end of the line, for example the number of a footnote. */
  note?: ComponentChildren
  /** Whether only the first line of an object or list is marked, for example because something is missing in it. */
  isOnlyFirst?: boolean
}

type Props = {
  /** Names the value to screen readers. */
  label: string
  value: unknown
  /** By path, such as `items[1].quantity`. A mark of an object or list marks all of its lines. */
  marks?: ReadonlyMap<string, JsonMark>
  /** The value under the pointer, as JSON. Views that share this signal highlight the same value. */
  traced?: Signal<string>
  /** The paths of objects that are folded at first, unless something in them is marked. */
  folds?: readonly string[]
}

/** The largest number of lines. More of them would make the page slow. */
const MAX_LINES = 500

/** The largest number of characters of a value. */
const MAX_LENGTH = 1_000

/** Lines above the first mark that stay visible. */
const LINES_ABOVE = 3

/** Shows a value as JSON. Everything in it is text, never HTML. Scrolls to the first mark. */
export function JsonView({ label, value, marks, traced, folds = [] }: Props) {
  const [showsAll, setShowsAll] = useState(false)
  const [toggled, setToggled] = useState<readonly string[]>([])
  const element = useScrollToMark(marks)
  const lines = toJsonLines(value, (path) => {
    if (!folds.includes(path)) return undefined
    const isMarked = [...(marks?.keys() ?? [])].some((marked) => marked.startsWith(path))
    return isMarked === toggled.includes(path)
  })
  const shown = showsAll ? lines : lines.slice(0, MAX_LINES)
  return (
    <div
      class="json"
      ref={element}
      tabIndex={0}
      role="region"
      aria-label={label}
      onPointerLeave={() => {
        if (traced) traced.value = ''
      }}
    >
      <code>
        {shown.map((line, index) => (
          <Line
            key={index}
            line={line}
            marks={marks}
            traced={traced}
            onToggle={() => {
              setToggled(
                toggled.includes(line.path) ? toggled.filter((path) => path !== line.path) : [...toggled, line.path]
              )
            }}
          />
        ))}
      </code>
      {shown.length < lines.length && (
        <Button variant="quiet" onClick={() => setShowsAll(true)}>
          Show all {formatCount(lines.length)} lines
        </Button>
      )}
    </div>
  )
}

/** Scrolls a box to the first marked line when the marks change. */
function useScrollToMark(marks: Props['marks']) {
  const element = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const box = element.current
    const marked = box?.querySelector<HTMLElement>('.json-changed, .json-removed')
    if (!box || !marked) return
    box.scrollTop = marked.offsetTop - box.offsetTop - LINES_ABOVE * marked.offsetHeight
  }, [marks])
  return element
}

type LineProps = { line: JsonLine; marks: Props['marks']; traced: Props['traced']; onToggle: () => void }

function Line({ line, marks, traced, onToggle }: LineProps) {
  const { depth, key, text, kind, comma, path, folded } = line
  const [mark, isFirst] = findMark(path, kind === 'bracket' && (text === '}' || text === ']'), marks)
  const isTraced = kind !== 'bracket' && traced?.value === text
  return (
    <span
      class={`json-line${mark && (isFirst || !mark.isOnlyFirst) ? ` json-${mark.tone}` : ''}${isTraced ? ' json-traced' : ''}`}
      style={{ '--depth': depth }}
      onPointerEnter={() => {
        if (traced) traced.value = kind === 'bracket' ? '' : text
      }}
    >
      {folded !== undefined && <Fold count={folded} name={key ?? path} onToggle={onToggle} />}
      {key !== undefined && (
        <>
          <span class="json-key">{JSON.stringify(key)}</span>:{' '}
        </>
      )}
      <span class={`json-${kind}`}>{clipValue(text)}</span>
      {comma && ','}
      {isFirst && mark?.note}
      {'\n'}
    </span>
  )
}

/** @param count the number of hidden lines. 0 if the object is not folded */
function Fold({ count, name, onToggle }: { count: number; name: string; onToggle: () => void }) {
  const isFolded = count > 0
  return (
    <button
      type="button"
      class="plain-button json-fold"
      aria-expanded={!isFolded}
      aria-label={`${isFolded ? 'Show' : 'Hide'} ${name}`}
      title={isFolded ? `Show ${formatCount(count)} lines` : 'Hide'}
      onClick={onToggle}
    >
      {isFolded ? '▸' : '▾'}
    </button>
  )
}

function clipValue(text: string): string {
  if (text.length <= MAX_LENGTH) return text
  return `${text.slice(0, MAX_LENGTH)}… (${formatCount(text.length)} characters)`
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
