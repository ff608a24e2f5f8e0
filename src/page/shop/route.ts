import { signal } from '@preact/signals'
import { type PageName, parseRoute, type Route, toHash } from './hash'

/** The current visit. It changes with the hash of the URL. Each visit runs its own auctions, like each load of a real page. */
export const visit = signal<{ number: number; route: Route }>({ number: 0, route: parseRoute('') })

/** A sentence about a current problem, at the top of the shop until the next page. */
export const problem = signal<string | undefined>(undefined)

/** Opens a page. */
export function go(page: PageName, value?: string): void {
  const hash = toHash(page, value)
  if (location.hash === hash) startVisit()
  else location.hash = hash
}

/** Follows the URL from now on. */
export function followUrl(): void {
  startVisit()
  addEventListener('hashchange', startVisit)
}

function startVisit(): void {
  problem.value = undefined
  visit.value = { number: visit.value.number + 1, route: parseRoute(location.hash) }
  scrollTo(0, 0)
}
