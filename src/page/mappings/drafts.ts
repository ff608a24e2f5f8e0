import { signal } from '@preact/signals'

/** A mapping that is edited and not saved. A suggested mapping becomes one when somebody accepts it. */
export type Draft = {
  name: string
  /** The key of the action. */
  action: string
  trigger: string
  /** The mapping as JSON, which may be unfinished. */
  text: string
  /** Where a new mapping comes from. Absent for the draft of a saved mapping. */
  origin?: 'added' | 'suggested'
}

const KEY = 'workbench.drafts'

/** The drafts of this tab, also after a reload. Those of saved mappings have the name of the mapping as their id. */
export const drafts = signal<ReadonlyMap<string, Draft>>(read())

/** Replaces all drafts. */
export function setDrafts(next: ReadonlyMap<string, Draft>): void {
  drafts.value = next
  sessionStorage.setItem(KEY, JSON.stringify([...next]))
}

/** Sets or drops a draft. */
export function setDraft(id: string, draft: Draft | undefined): void {
  const changed = new Map(drafts.value)
  if (draft) changed.set(id, draft)
  else changed.delete(id)
  setDrafts(changed)
}

/** Text of an earlier version of the page counts as none. */
function read(): ReadonlyMap<string, Draft> {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as [string, Draft][])
  } catch {
    return new Map()
  }
}
