import { computed, signal } from '@preact/signals'
import type { MappingProblem, Preview } from '../../workbench/api'
import { afterChanges } from '../after-changes'
import { post, WorkbenchError } from '../api'
import { counts } from '../stream/signals'
import { filters } from './filters-state'
import { type ListedMapping, mappings, selectedMapping, toEntry } from './mappings-state'

/** The preview of the selected mapping as it is edited. `undefined` if it is invalid, or before the first answer. */
export const preview = computed(() => (latest.value?.name === selectedMapping.value?.id ? latest.value : undefined))

const latest = signal<Preview | undefined>(undefined)

/** What is wrong with the edited mapping. */
export const draftProblem = signal<MappingProblem | undefined>(undefined)

/** Whether the workbench has checked the mapping as it is now, and can save it. */
export const isChecked = computed(() => checked.value === keyOf(selectedMapping.value) && !draftProblem.value)

/** The mapping that was checked last. */
const checked = signal('')

/** The pause in typing before a preview. Milliseconds. */
const PAUSE = 250

/**
 * Previews the selected mapping now and after each edit, new event or change of the filters and the other mappings.
 * Returns a function that stops it.
 */
export function followPreview(): () => void {
  return afterChanges(
    () => [counts.value.received, selectedMapping.value, mappings.value, filters.value],
    PAUSE,
    (stopped) => void readPreview(stopped)
  )
}

async function readPreview(stopped: AbortSignal): Promise<void> {
  const selected = selectedMapping.value
  if (!selected) return
  const { answer, problem, isUnfinished } = await ask(selected, stopped)
  if (stopped.aborted) return
  // The last preview stays while the mapping is not JSON, so that nothing flickers while somebody types.
  if (!isUnfinished) latest.value = answer
  draftProblem.value = problem
  checked.value = keyOf(selected)
}

type Asked = { answer?: Preview; problem?: MappingProblem; isUnfinished?: true }

async function ask(selected: ListedMapping, stopped: AbortSignal): Promise<Asked> {
  if (selected.shown.trigger.trim() === '') return { problem: { field: 'trigger', problem: '' } }
  try {
    const [answer] = await post<[Preview]>('/workbench/preview', { mappings: [toEntry(selected)] }, stopped)
    return { answer }
  } catch (error) {
    if (!(error instanceof SyntaxError)) return { problem: problemOf(error) }
    return { problem: { field: '', problem: `The mapping is not JSON yet: ${error.message}.` }, isUnfinished: true }
  }
}

/** Reads what an error answer says about a part of the mapping. Others are about the mapping as a whole. */
function problemOf(error: unknown): MappingProblem {
  const { problem } = (error instanceof WorkbenchError ? error.answer : {}) as { problem?: MappingProblem }
  return problem ?? { field: '', problem: (error as Error).message }
}

function keyOf(listed: ListedMapping | undefined): string {
  return JSON.stringify([listed?.id, listed?.shown])
}
