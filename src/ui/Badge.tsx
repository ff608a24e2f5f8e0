import type { ComponentChildren } from 'preact'

/** What a color means, everywhere on the page. */
export type Tone = 'good' | 'bad' | 'waiting' | 'neutral' | 'accent'

/** A short word with a color. The word alone says everything. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`badge tone-${tone}`}>{children}</span>
}
