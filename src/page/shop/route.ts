import { signal } from '@preact/signals'
import { parseRoute, type Route, toHash } from './hash'

/** A visit of a page. Each visit runs its own auctions, like each load of a real page. */
export type Visit = { number: number; route: Route }

/** The current visit. It changes with the hash of the URL. */
export const visit = signal<Visit>({ number: 0, route: { page: 'home' } })

/** Opens a page. */
export function go(route: Route): void {
  const hash = toHash(route)
  if (location.hash === hash) startVisit()
  else location.hash = hash
}

/** Follows the URL from now on. */
export function followUrl(): void {
  startVisit()
  addEventListener('hashchange', startVisit)
}

function startVisit(): void {
  visit.value = { number: visit.value.number + 1, route: parseRoute(location.hash) }
  scrollTo(0, 0)
}
