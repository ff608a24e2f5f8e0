import type { ComponentChildren } from 'preact'
import { formatTime, type TimePrecision } from '../format'

type Props = {
  title: string
  /** One sentence below the title. */
  lead?: ComponentChildren
  /** Buttons at the end of the title's line. */
  children?: ComponentChildren
}

/** The head of a view: its `<h1>`. */
export function ViewHeader({ title, lead, children }: Props) {
  return (
    <header class="view-header row row-between">
      <div>
        <h1>{title}</h1>
        {lead !== undefined && <p class="lead">{lead}</p>}
      </div>
      {children !== undefined && <div class="row">{children}</div>}
    </header>
  )
}

/** Takes the place of an empty list. It says why the list is empty, and what to do. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children !== undefined && <div>{children}</div>}
    </div>
  )
}

/** A sentence that says what is wrong. Screen readers read it at once. Renders nothing if the text is empty. */
export function Problem({ text, id }: { text: string; id?: string }) {
  if (text === '') return null
  return (
    <p class="problem text-bad" id={id} role="alert">
      {text}
    </p>
  )
}

/** A time with its date if that is not today. The whole time in ISO 8601 is shown on hover. */
export function Time({ at, precision }: { at: string; precision?: TimePrecision }) {
  return (
    <time dateTime={at} title={at}>
      {formatTime(at, precision)}
    </time>
  )
}
