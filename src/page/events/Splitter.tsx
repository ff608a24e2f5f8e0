import { keptSignal } from '../kept-signal'

const LEAST = 420
const MOST = 1_100
const STEP = 40

/** The width of the open event beside the list, in pixels. The browser keeps it. */
export const panelWidth = keptSignal(localStorage, 'topsort-workbench-panel-width', 560, Number.isInteger)

/** The line between the list and the open event. It is moved with the pointer, or with the arrow keys. */
export function Splitter() {
  return (
    <div
      class="splitter"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the event"
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-valuenow={panelWidth.value}
      onPointerDown={({ currentTarget, pointerId }) => currentTarget.setPointerCapture(pointerId)}
      onPointerMove={({ currentTarget, pointerId, clientX }) => {
        if (!currentTarget.hasPointerCapture(pointerId)) return
        const right = currentTarget.parentElement?.getBoundingClientRect().right ?? 0
        resize(right - clientX)
      }}
      onKeyDown={(event) => {
        const step = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key]
        if (step === undefined) return
        resize(panelWidth.value + step)
        event.preventDefault()
      }}
    />
  )
}

function resize(width: number): void {
  panelWidth.value = Math.round(Math.min(MOST, Math.max(LEAST, width)))
}
