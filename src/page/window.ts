import { signal, type Signal } from '@preact/signals'

/** Whether the window is narrow, so that panels are stacked. The stylesheets have the same width. */
export const isNarrow = followMedia('(max-width: 820px)')

/** Whether the window is wide, so that an open event stands beside the list. */
export const isWide = followMedia('(min-width: 1400px)')

function followMedia(query: string): Signal<boolean> {
  const media = matchMedia(query)
  const isMet = signal(media.matches)
  media.addEventListener('change', ({ matches }) => (isMet.value = matches))
  return isMet
}
