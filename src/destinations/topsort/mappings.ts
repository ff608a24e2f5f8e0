/**
 * The mapping directives of the defaults.
 *
 * `@if` is not used. Its `blank` compares with `!=`, so it throws for an object with its own `toString`, and that fails
 * the whole batch. For a value with a fallback, both are mapped, and the code takes the first one that is not empty.
 */

type Directive = Record<string, unknown>

/** Reads one value of the event, such as `$.properties.position`. */
export function at(path: string): Directive {
  return { '@path': path }
}

/**
 * Merges objects. The last one wins, and a value that is not an object is ignored. Paths to the single values are less
 * safe: if the object is `false` or `0`, the framework returns `false` or `0` for each path inside it.
 */
export function merge(...objects: Directive[]): Directive {
  return { '@merge': { direction: 'right', objects } }
}
