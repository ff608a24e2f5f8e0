/** Describes the defaults of fields, which are mapping directives, in words. */

/** The directives of the defaults, with the type of each argument. */
type Directives = {
  '@path': string
  '@arrayPath': [list: string, item: unknown]
  '@merge': { objects: unknown[] }
  '@if': { exists: unknown; then: unknown; else?: unknown }
}

const DIRECTIVES = ['@path', '@arrayPath', '@merge', '@if']

/**
 * Describes a default by the paths that it reads, such as `properties.sku`. The first one that exists counts.
 * @returns nothing if there is no default
 */
export function describeDefault(value: unknown): string {
  if (value === undefined) return ''
  if (typeof value !== 'object' || value === null) return `\`${JSON.stringify(value)}\``
  if (Array.isArray(value)) return value.map(describeDefault).join(', else ')
  const path = readDirective(value, '@path')
  if (path !== undefined) return `\`${path.replace(/^\$\.?/, '')}\``
  const list = readDirective(value, '@arrayPath')
  if (list) return `each of ${describeDefault({ '@path': list[0] })}`
  const merge = readDirective(value, '@merge')
  if (merge) return [...merge.objects].reverse().map(describeDefault).join(' over ')
  const choice = readDirective(value, '@if')
  if (choice) {
    const parts = [describeDefault(choice.then), ...(choice.else === undefined ? [] : [describeDefault(choice.else)])]
    const condition = describeDefault(choice.exists)
    return parts[0] === condition ? parts.join(', else ') : `if ${condition} exists: ${parts.join(', else ')}`
  }
  const parts = Object.entries(value).map(([key, part]) => `${key}: ${describeDefault(part)}`)
  return `{ ${parts.join('; ')} }`
}

/** Describes when an object has a default, if its default depends on a value of the event. */
export function describeCondition(value: unknown): string {
  const choice = readDirective(value, '@if')
  return choice && choice.else === undefined ? `only if ${describeDefault(choice.exists)} exists` : ''
}

/** Returns the part of an object's default that fills one of its properties. */
export function findInDefault(value: unknown, name: string): unknown {
  if (value === undefined) return undefined
  const path = readDirective(value, '@path')
  if (path !== undefined) return { '@path': `${path}.${name}` }
  const list = readDirective(value, '@arrayPath')
  if (list) return findInDefault(list[1], name)
  // The last object of a merge wins, so its value comes first.
  const merge = readDirective(value, '@merge')
  if (merge) return findInEach([...merge.objects].reverse(), name)
  const choice = readDirective(value, '@if')
  if (choice) return findInEach([choice.then, choice.else], name)
  return (value as Record<string, unknown>)[name]
}

/** Returns the parts of several defaults. The first one that exists counts. */
function findInEach(values: unknown[], name: string): unknown {
  const found = values.flatMap((value) => findInDefault(value, name) ?? [])
  return found.length > 1 ? found : found[0]
}

/** Returns the argument of a directive if the value is this directive. */
function readDirective<Name extends keyof Directives>(value: unknown, name: Name): Directives[Name] | undefined {
  const [key = ''] = typeof value === 'object' && value !== null ? Object.keys(value) : []
  if (key.startsWith('@') && !DIRECTIVES.includes(key)) throw new Error(`The docs cannot describe ${key} yet.`)
  return key === name ? (value as Directives)[name] : undefined
}
