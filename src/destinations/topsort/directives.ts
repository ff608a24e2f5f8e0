/**
 * Mapping directives for the defaults of fields that may meet anything.
 *
 * The framework fails a whole event when a list or an object arrives at a text field, and a whole batch when a directive
 * throws. Shops use names such as `position` and `page` for things of their own, so these defaults are made of
 * directives that neither throw nor let through what the field does not take.
 */

type Directive = Record<string, unknown>

/**
 * The text of a single value; blank for a list, an object, null and nothing at all. `@replace` is the one directive that
 * works so; what it replaces (tabs, by spaces) matters to nobody.
 * @param path Where the value is, such as `$.properties.position`
 */
export function scalar(path: string): Directive {
  return replaced('\t', ' ', { '@path': path })
}

/** With all of its options, because the framework writes those that are missing into the mapping itself. */
function replaced(pattern: string, replacement: string, value: Directive): Directive {
  return { '@replace': { pattern, replacement, ignorecase: false, global: true, value } }
}

/** The first single value that is not blank, at one of the paths. */
export function firstOf(...paths: string[]): Directive {
  return paths.map(scalar).reduceRight((otherwise, value) => unlessBlank(value, value, otherwise))
}

/**
 * One mapping or another.
 * @param value Text, as from `scalar` or `firstOf`
 * @param then Used where `value` has text in it, and not only spaces (`@if` with `blank` holds for what is *not* blank)
 * @param otherwise Used where it has none; without it the result is then absent
 */
export function unlessBlank(value: Directive, then: Directive, otherwise?: Directive): Directive {
  return { '@if': { blank: replaced(' ', '', value), then, ...(otherwise && { else: otherwise }) } }
}

/**
 * A list of single values, or one of them, as JSON text: a text field takes that whatever is in the list, and `texts`
 * in `normalize.ts` reads it. Without a list the result is absent, or what `otherwise` says.
 */
export function list(path: string, otherwise?: Directive): Directive {
  return {
    '@if': {
      exists: { '@path': path },
      then: { '@json': { mode: 'encode', value: { '@path': path } } },
      ...(otherwise && { else: otherwise })
    }
  }
}

/** All of the single values, blanks among them, as the JSON text of a list (see `list`). */
export function each(...paths: string[]): Directive {
  return { '@json': { mode: 'encode', value: paths.map(scalar) } }
}

/** A map of names to values; an empty one where there is none. For fields of type `object` that have no properties. */
export function map(...paths: string[]): Directive {
  return { '@merge': { direction: 'right', objects: paths.map((path) => ({ '@path': path })) } }
}
