/** The mapping directives of the defaults. */

type Directive = Record<string, unknown>

/** Reads one value of the event, such as `$.properties.position`. */
export function at(path: string): Directive {
  return { '@path': path }
}

/** Reads the first of several values that exists. */
export function firstOf(path: string, ...others: string[]): Directive {
  if (others.length === 0) return at(path)
  const [next, ...rest] = others
  return { '@if': { exists: at(path), then: at(path), else: firstOf(next, ...rest) } }
}

/**
 * Reads some keys of an object, if the first of them exists. Without this condition, each event without the object would
 * get an empty one, and a batch of clicks would take a fifth longer.
 */
export function keysOf(path: string, required: string, ...others: string[]): Directive {
  const keys = [required, ...others].map((key) => [key, at(`${path}.${key}`)] as const)
  return { '@if': { exists: at(`${path}.${required}`), then: Object.fromEntries(keys) } }
}

/** Merges objects. The last one wins, and a value that is not an object is ignored. */
export function merge(...objects: Directive[]): Directive {
  return { '@merge': { direction: 'right', objects } }
}
