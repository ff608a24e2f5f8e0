import { signal } from '@preact/signals'

/** Where on the page its reader is. It is kept in the URL: `#/events?query=is%3Afailed&event=12`. */
export type Place = {
  /** The path of a view, as in `views.ts`. */
  path: string
  /** What the view shows: its search, its selection and the like. */
  parameters: Readonly<Record<string, string>>
}

const HOME = '/events'

/** The place that the URL names. Changes when a link is followed, and with the browser's back and forward buttons. */
export const place = signal<Place>(parsePlace(''))

/** Reads the hash of a URL. Without one, the place is the list of events. */
export function parsePlace(hash: string): Place {
  const [path, search = ''] = hash.replace(/^#/, '').split('?')
  return { path: path || HOME, parameters: Object.fromEntries(new URLSearchParams(search)) }
}

/** Writes a link to a place. Empty parameters are omitted. */
export function toHash(path: string, parameters: Record<string, string | undefined> = {}): string {
  const filled = Object.entries(parameters).flatMap(([name, value]) => (value ? [[name, value]] : []))
  const search = new URLSearchParams(filled).toString()
  return `#${path}${search && `?${search}`}`
}

/** Goes to a place. The back button leads back. */
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

/** Reads the URL, and again each time that it changes. */
export function followUrl(): void {
  place.value = parsePlace(location.hash)
  addEventListener('hashchange', () => {
    place.value = parsePlace(location.hash)
  })
}
