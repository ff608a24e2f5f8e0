/** @jsxRuntime automatic @jsxImportSource preact */
// The root tsconfig.json leaves the page out, and preflight runs this file under it.
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

type Props = {
  title: string
  /** Text beside the title, for example a count. */
  note?: ComponentChildren
  /** Buttons at the end of the title's line. */
  actions?: ComponentChildren
  children: ComponentChildren
}

/**
 * Frames a part of a view, with a title.
 *
 * @example
 * <Panel title="Days" note="UTC">{table}</Panel>
 */
export function Panel({ title, note, actions, children }: Props) {
  const id = useId()
  return (
    <section class="panel" aria-labelledby={id}>
      <header class="panel-header">
        <h2 id={id}>{title}</h2>
        {note !== undefined && <span class="hint">{note}</span>}
        {actions !== undefined && <div class="panel-actions">{actions}</div>}
      </header>
      <div class="panel-body">{children}</div>
    </section>
  )
}
