import { signal } from '@preact/signals'
import type { FilterEntry, FiltersAnswer } from '../../workbench/api'
import { get, put } from '../api'
import { notify, orNotify } from '../notice'

/** The customer's destination filters. */
export const filters = signal<readonly FilterEntry[]>([])

const PATH = '/workbench/filters'

/** Loads the filters. @throws WorkbenchError */
export async function loadFilters(): Promise<void> {
  filters.value = toList(await get<FiltersAnswer>(PATH))
}

/**
 * Replaces the filters by those of a text.
 *
 * @throws WorkbenchError that says which filter is wrong, and what to do
 */
export async function importFilters(text: string): Promise<void> {
  filters.value = toList(await put<FiltersAnswer>(PATH, text))
  notify(`Imported ${filters.value.length} filters. They apply to the events from now on.`)
}

/** Removes all filters. */
export async function removeFilters(): Promise<void> {
  await orNotify(async () => {
    filters.value = toList(await put<FiltersAnswer>(PATH, []))
    notify('Removed all filters.')
  })
}

function toList(answer: FiltersAnswer): FilterEntry[] {
  if (Array.isArray(answer)) return answer
  return 'data' in answer ? answer.data.filters : answer.filters
}
