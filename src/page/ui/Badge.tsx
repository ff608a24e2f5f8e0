/** @jsxRuntime automatic @jsxImportSource preact */
// The root tsconfig.json leaves the page out, and preflight runs this file under it.
import type { ComponentChildren } from 'preact'

/** The meaning of a color. */
export type Tone = 'good' | 'bad' | 'waiting' | 'neutral' | 'accent'

/**
 * Shows a short word with a color. The word must be clear without the color.
 *
 * @example
 * <Badge tone="good">delivered 204</Badge>
 */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`badge tone-${tone}`}>{children}</span>
}
