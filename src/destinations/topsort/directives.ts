/**
 * Mapping directives for the defaults of fields that may meet anything.
 *
 * The framework fails a whole event when a list or an object arrives at a text field, and a whole batch when a directive
 * throws. Shops use names such as `position` and `page` for things of their own, so these defaults are made of
 * directives that take whatever is there. (Only JSON that is nested thousands of levels deep is too much for `json` and
 * `map`, and for the framework's own mapping of objects.)
 */

type Directive = Record<string, unknown>

/**
 * The text of a single value, unchanged; blank for a list, an object, null and nothing at all. `@replace` is the one
 * directive that works so; here it replaces spaces by spaces.
 * @param path Where the value is, such as `$.properties.position`
 */
export function scalar(path: string): Directive {
  return replaced({ '@path': path }, { pattern: ' ', replacement: ' ' })
}

/** With all of its options, because the framework writes those that are missing into the mapping itself. */
function replaced(value: Directive, patterns: Record<string, string>): Directive {
  return { '@replace': { ...patterns, ignorecase: false, global: true, value } }
}

/** The first single value that is neither blank nor false, at one of the paths. */
export function firstOf(...paths: string[]): Directive {
  return paths.map(scalar).reduceRight((otherwise, value) => orElse(value, otherwise))
}

/**
 * A text, or else something other.
 * @param value Text, as from `scalar`
 * @param otherwise Used where `value` is only spaces, or the `false` that `isAd && bid` leaves (`@if` with `blank` holds
 *   for what is *not* blank)
 */
export function orElse(value: Directive, otherwise: Directive): Directive {
  const squeezed = replaced(value, { pattern: ' ', replacement: '', pattern2: 'false', replacement2: '' })
  return { '@if': { blank: squeezed, then: value, else: otherwise } }
}

/**
 * Any value, as JSON text, which a text field takes whatever it is; `readJson` in `normalize.ts` reads it. Where there
 * is none, the result is absent, or what `otherwise` says.
 */
export function json(path: string, otherwise?: Directive): Directive {
  const value = { '@path': path }
  return {
    '@if': { exists: value, then: { '@json': { mode: 'encode', value } }, ...(otherwise && { else: otherwise }) }
  }
}

/** All of the single values, blanks among them, as the JSON text of a list. */
export function each(...paths: string[]): Directive {
  return { '@json': { mode: 'encode', value: paths.map(scalar) } }
}

/** A map of names to values; an empty one where there is none. For fields of type `object` that have no properties. */
export function map(...paths: string[]): Directive {
  return { '@merge': { direction: 'right', objects: paths.map((path) => ({ '@path': path })) } }
}
