/** A mapping or a filter, with the parts that an import may change. */
export type Named = { name: string; parts: Readonly<Record<string, unknown>> }

/** What an import does to a mapping or a filter. */
export type EntryChange = {
  name: string
  kind: 'added' | 'changed' | 'removed' | 'same'
  /** The parts that change, also those of an added or removed entry. */
  parts: { part: string; from: unknown; to: unknown }[]
}

/** Compares lists of entries by their names: those of the new list first, in its order, and then the removed ones. */
export function compareEntries(before: readonly Named[], after: readonly Named[]): EntryChange[] {
  const removed = before.filter(({ name }) => !after.some((other) => other.name === name))
  return [
    ...after.map((entry) =>
      compare(
        before.find(({ name }) => name === entry.name),
        entry
      )
    ),
    ...removed.map((entry) => compare(entry, undefined))
  ]
}

function compare(before: Named | undefined, after: Named | undefined): EntryChange {
  const [from, to] = [before?.parts ?? {}, after?.parts ?? {}]
  const parts = [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((part) =>
    write(from[part]) === write(to[part]) ? [] : [{ part, from: from[part], to: to[part] }]
  )
  const name = after?.name ?? before?.name ?? ''
  if (!before) return { name, kind: 'added', parts }
  if (!after) return { name, kind: 'removed', parts }
  return { name, kind: parts.length > 0 ? 'changed' : 'same', parts }
}

function write(value: unknown): string | undefined {
  return JSON.stringify(value)
}
