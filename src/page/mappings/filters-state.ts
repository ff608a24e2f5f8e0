import { signal } from '@preact/signals'
import type { FilterEntry, FiltersAnswer } from '../../workbench/api'
import { get, put } from '../api'
import { formatCountOf } from '../format'
import { notify, orNotify } from '../notice'

/** The customer's destination filters. */
export const filters = signal<readonly FilterEntry[]>([])

const PATH = '/workbench/filters'

/** Loads the filters. @throws WorkbenchError */
export async function loadFilters(): Promise<void> {
  filters.value = toList(await get<FiltersAnswer>(PATH))
}

/** Names a filter by its title, or else by its place in the list. */
export function nameFilter({ title }: FilterEntry, index: number): string {
  return title ?? `Filter ${index + 1}`
}

/**
 * Reads filters from a text. Changes nothing.
 *
 * @throws WorkbenchError that says which filter is wrong, and what to do
 */
export async function readFilterImport(text: string): Promise<FilterEntry[]> {
  return toList(await put<FiltersAnswer>(`${PATH}?check`, text))
}

/** Replaces all filters. @throws WorkbenchError */
export async function importFilters(next: readonly FilterEntry[]): Promise<void> {
  await replace(next, `Imported ${formatCountOf(next.length, 'filter')}. They apply to the events from now on.`)
}

/** Removes all filters. */
export async function removeFilters(): Promise<void> {
  await orNotify(() => replace([], 'Removed all filters.'))
}

async function replace(next: readonly FilterEntry[], done: string): Promise<void> {
  const before = filters.value
  const write = async (list: readonly FilterEntry[]): Promise<void> => {
    filters.value = toList(await put<FiltersAnswer>(PATH, list))
  }
  await write(next)
  notify(done, () => orNotify(() => write(before)))
}

function toList(answer: FiltersAnswer): FilterEntry[] {
  if (Array.isArray(answer)) return answer
  return 'data' in answer ? answer.data.filters : answer.filters
}
