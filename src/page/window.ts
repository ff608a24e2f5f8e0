import { signal } from '@preact/signals'

/** The same width as in the stylesheets. */
const NARROW = '(max-width: 820px)'

/** Whether the window is narrow, so that panels are stacked. */
export const isNarrow = signal(false)

/** Keeps `isNarrow` true when the window changes. */
export function followWidth(): void {
  const media = matchMedia(NARROW)
  isNarrow.value = media.matches
  media.addEventListener('change', ({ matches }) => {
    isNarrow.value = matches
  })
}
