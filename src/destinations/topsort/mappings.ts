/** The mapping directives that the defaults of fields are made of. */

type Directive = Record<string, unknown>

/** Reads one value of the event, such as `$.properties.position`. */
export function at(path: string): Directive {
  return { '@path': path }
}

/** Reads the first of the paths that is there and not empty. */
export function firstOf([path, ...others]: string[]): Directive {
  return others.length === 0 ? at(path) : ifNotEmpty(path, firstOf(others))
}

/** Reads a path, or `otherwise` if it is missing or empty. The framework's `blank` is true for what is not empty. */
export function ifNotEmpty(path: string, otherwise: unknown): Directive {
  return { '@if': { blank: at(path), then: at(path), else: otherwise } }
}

/** Merges objects; the last one wins. Anything that is not an object adds nothing, so this never fails an event. */
export function merge(...objects: Directive[]): Directive {
  return { '@merge': { direction: 'right', objects } }
}
