/**
 * The mapping directives that the defaults of fields are made of.
 *
 * There is no `@if` among them. Its `blank` compares with `!=`, so an object with a `toString` of its own makes it throw,
 * and that fails the whole batch. Where a value has a fallback, both are mapped, and the code takes the first that is not
 * empty.
 */

type Directive = Record<string, unknown>

/** Reads one value of the event, such as `$.properties.position`. */
export function at(path: string): Directive {
  return { '@path': path }
}

/**
 * Merges objects; the last one wins. Anything that is not an object adds nothing. A path into it would not be as safe:
 * below `false` or `0`, the framework finds `false` or `0`.
 */
export function merge(...objects: Directive[]): Directive {
  return { '@merge': { direction: 'right', objects } }
}
