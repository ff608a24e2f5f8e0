import { signal } from '@preact/signals'
import { type PageLocation, parsePlace, toHash } from './hash'

/** The place that the URL names. Changes when a link is followed, and with the browser's back and forward buttons. */
export const place = signal<PageLocation>(parsePlace(''))

/** Opens a place. The back button returns to the one before. */
export function go(path: string, parameters: Record<string, string | undefined> = {}): void {
  location.hash = toHash(path, parameters)
}

/** Changes parameters of the current place without a new entry in the history. `undefined` removes one. */
export function changeParameters(changes: Record<string, string | undefined>): void {
  const { path, parameters } = place.value
  const hash = toHash(path, { ...parameters, ...changes })
  history.replaceState(null, '', hash)
  place.value = parsePlace(hash)
}

/** Reads the URL now and after each change. */
export function followUrl(): void {
  place.value = parsePlace(location.hash)
  addEventListener('hashchange', () => {
    place.value = parsePlace(location.hash)
  })
}
