import type { ComponentChildren } from 'preact'

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
