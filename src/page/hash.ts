/** A place on the page. The URL has it: `#/events?query=is%3Afailed&event=12`. */
export type PageLocation = {
  /** The path of a view, as in `views.ts`. */
  path: string
  /** The state of the view, such as its search and its selection. */
  parameters: Readonly<Partial<Record<string, string>>>
}

const HOME = '/events'

/** Reads the hash of a URL. Without one, the place is the list of events. */
export function parsePlace(hash: string): PageLocation {
  const [path, search = ''] = hash.replace(/^#/, '').split('?')
  return { path: path || HOME, parameters: Object.fromEntries(new URLSearchParams(search)) }
}

/** Writes a link to a place. Empty parameters are omitted. */
export function toHash(path: string, parameters: Record<string, string | undefined> = {}): string {
  const filled = Object.entries(parameters).flatMap(([name, value]) => (value ? [[name, value]] : []))
  const search = new URLSearchParams(filled).toString()
  return `#${path}${search && `?${search}`}`
}
