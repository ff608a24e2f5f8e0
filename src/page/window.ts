import { signal, type Signal } from '@preact/signals'

/** The same width as in the stylesheets. */
const NARROW = '(max-width: 820px)'

/** Whether the window is narrow, so that panels are stacked. */
export const isNarrow = signal(false)

const WIDE = '(min-width: 1400px)'

/** Whether the window is wide, so that an open event stands beside the list. */
export const isWide = signal(false)

/** Keeps the signals of this file true when the window changes. */
export function followWidth(): void {
  follow(NARROW, isNarrow)
  follow(WIDE, isWide)
}

function follow(query: string, isMet: Signal<boolean>): void {
  const media = matchMedia(query)
  isMet.value = media.matches
  media.addEventListener('change', ({ matches }) => {
    isMet.value = matches
  })
}
