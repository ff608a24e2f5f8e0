import type { FieldEntry } from '../../workbench/api'

/** Keys inside of directives. They are not fields. */
const WORDS_OF_DIRECTIVES = ['exists', 'blank', 'then', 'else', 'objects', 'direction']

/**
 * Finds the fields that an object of a mapping can have.
 *
 * @param path the keys and indexes from the mapping to the object. Directives are skipped: an object in
 *   `{"@arrayPath": ["$.properties.products", {…}]}` has the fields of the list's items
 * @returns undefined if the object is not the value of a field
 */
export function fieldsAt(
  path: readonly (string | number)[],
  fields: readonly FieldEntry[]
): readonly FieldEntry[] | undefined {
  let current = fields
  let isInDirective = false
  for (const step of path) {
    if (typeof step === 'number') continue
    if (step.startsWith('@')) {
      isInDirective = true
      continue
    }
    if (isInDirective && WORDS_OF_DIRECTIVES.includes(step)) continue
    isInDirective = false
    const properties = current.find(({ key }) => key === step)?.properties
    if (!properties) return undefined
    current = properties
  }
  return current
}
