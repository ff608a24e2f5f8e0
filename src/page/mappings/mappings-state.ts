import { batch, computed, signal } from '@preact/signals'
import { isObject, type JsonObject, parseJson } from '../../core/json'
import type { ActionEntry, DefinitionAnswer, MappingEntry, SettingEntry } from '../../workbench/api'
import { get, put } from '../api'
import { formatCountOf } from '../format'
import { keptSignal } from '../kept-signal'
import { notify, orNotify } from '../notice'
import { changeParameters, place } from '../place'
import { listFieldRows } from './field-rows'
import { loadFilters } from './filters-state'

/** A mapping that is edited and not saved. A suggested mapping becomes one when somebody accepts it. */
export type Draft = {
  name: string
  /** The key of the action. */
  action: string
  trigger: string
  /** The mapping as JSON, which may be unfinished. */
  text: string
  /** Absent for the draft of a saved mapping. */
  isNew?: true
}

const kept = keptSignal<readonly [id: string, Draft][]>(sessionStorage, 'workbench.drafts', [])

/** The drafts of this tab, also after a reload. Those of saved mappings have the name of the mapping as their id. */
const drafts = computed<ReadonlyMap<string, Draft>>(() => new Map(kept.value))

function setDraft(id: string, draft: Draft | undefined): void {
  const changed = new Map(drafts.value)
  if (draft) changed.set(id, draft)
  else changed.delete(id)
  kept.value = [...changed]
}

/** A mapping in the list: a saved one, with its draft if there is one, or the draft of a new one. */
export type ListedMapping = {
  /** The name of the saved mapping. A new one keeps the first name that it had. */
  id: string
  /** Absent for a new mapping. */
  saved?: MappingEntry
  draft?: Draft
  /** The draft, or else the saved mapping. */
  shown: Draft
}

/** The saved mappings. `undefined` before the workbench has answered. */
export const mappings = signal<readonly MappingEntry[] | undefined>(undefined)

export const settings = signal<readonly SettingEntry[]>([])

export const definition = signal<DefinitionAnswer | undefined>(undefined)

/** The reason if the data cannot be loaded. */
export const mappingsProblem = signal('')

/** All mappings, new ones last. */
export const listedMappings = computed<ListedMapping[]>(() => {
  const saved = mappings.value ?? []
  const isSaved = (id: string): boolean => saved.some(({ name }) => name === id)
  return [
    ...saved.map((mapping) => {
      const draft = drafts.value.get(mapping.name)
      return { id: mapping.name, saved: mapping, draft, shown: draft ?? toDraft(mapping) }
    }),
    ...[...drafts.value].flatMap(([id, draft]) => (isSaved(id) || !draft.isNew ? [] : [{ id, draft, shown: draft }]))
  ]
})

/** The mapping that the URL names, or else the first. */
export const selectedMapping = computed(() => {
  const all = listedMappings.value
  return all.find(({ id }) => id === place.value.parameters.mapping) ?? all.at(0)
})

/** The action of the selected mapping. */
export const selectedAction = computed<ActionEntry | undefined>(() =>
  definition.value?.actions.find(({ key }) => key === selectedMapping.value?.shown.action)
)

/** The selected mapping as JSON. Undefined while its text is no JSON object. */
export const shownJson = computed<JsonObject | undefined>(() => {
  const json = parseJson(selectedMapping.value?.shown.text ?? '')
  return isObject(json) ? json : undefined
})

/** The fields of the action, with their places in the selected mapping. */
export const fieldRows = computed(() => listFieldRows(selectedAction.value?.fields ?? [], shownJson.value ?? {}))

/** Increases when the text of the editor is replaced by text that nobody typed in it. */
export const revision = signal(0)

const PATH = '/workbench/mappings'

/** Loads the data of the view. */
export async function loadMappings(): Promise<void> {
  try {
    const [read, readSettings, readDefinition] = await Promise.all([
      get<MappingEntry[]>(PATH),
      get<SettingEntry[]>('/workbench/settings'),
      definition.value ?? get<DefinitionAnswer>('/workbench/definition'),
      loadFilters()
    ])
    batch(() => {
      settings.value = readSettings
      definition.value = readDefinition
      mappings.value = read
      mappingsProblem.value = ''
      if (!selectedMapping.value?.draft) revision.value += 1
    })
  } catch (error) {
    mappingsProblem.value = (error as Error).message
  }
}

/** Selects a mapping. The drafts of other mappings are kept. */
export function selectMapping(id: string): void {
  changeParameters({ mapping: id })
}

/** Changes the selected mapping in its draft. A draft that is as the saved mapping is dropped. */
export function edit(changes: Partial<Draft>): void {
  const selected = selectedMapping.value
  if (!selected) return
  const { id, saved, shown } = selected
  const next = { ...shown, ...changes }
  setDraft(id, saved && JSON.stringify(next) === JSON.stringify(toDraft(saved)) ? undefined : next)
}

/** Changes the mapping in its draft, and shows it in the editor. */
export function editMapping(mapping: unknown): void {
  edit({ text: writeMapping(mapping) })
  revision.value += 1
}

/** Drops the draft of the selected mapping. */
export function dropDraft(): void {
  const selected = selectedMapping.value
  if (!selected?.draft) return
  const { id, draft, shown } = selected
  setDraft(id, undefined)
  revision.value += 1
  notify(`Dropped the draft of ${shown.name}.`, () => {
    setDraft(id, draft)
    revision.value += 1
    selectMapping(id)
  })
}

/** Puts the defaults into the editor: those of the preset with this name, or else those of the action. */
export function editDefaults(): void {
  const defaults = defaultsOf(selectedMapping.value?.shown)
  if (defaults) editMapping(defaults)
}

/** Returns the mapping of the preset with a mapping's name, or else of its action. */
export function defaultsOf(shown: Pick<Draft, 'name' | 'action'> | undefined): MappingEntry['mapping'] | undefined {
  const { presets = [], actions = [] } = definition.value ?? {}
  const preset = presets.find(({ name, action }) => name === shown?.name && action === shown.action)
  return (preset ?? actions.find(({ key }) => key === shown?.action))?.mapping
}

/** Switches a mapping on or off. */
export async function switchMapping(name: string, enabled: boolean): Promise<void> {
  // The switch shows the change at once. Otherwise it would jump back until the workbench has answered.
  mappings.value = mappings.value?.map((mapping) => (mapping.name === name ? { ...mapping, enabled } : mapping))
  await change(() => put(PATH, [{ name, enabled }]))
}

/** Changes one of the destination's settings. */
export async function changeSetting(key: string, value: unknown): Promise<void> {
  settings.value = settings.value.map((setting) => (setting.key === key ? { ...setting, value } : setting))
  await change(() => put('/workbench/settings', { [key]: value }))
}

/**
 * Returns a mapping as the workbench takes it, with its id in place of its name. A new one is switched off.
 *
 * @throws SyntaxError if the text is not JSON
 */
export function toEntry({ id, saved, shown }: ListedMapping): MappingEntry {
  const { action, trigger, text } = shown
  const mapping = JSON.parse(text) as MappingEntry['mapping']
  return { name: id, action, trigger, enabled: saved?.enabled ?? false, mapping }
}

/** Saves the draft of the selected mapping. New events are mapped with it if it is switched on. */
export async function saveDraft(): Promise<void> {
  const selected = selectedMapping.value
  if (!selected?.draft) return
  const { id, saved, shown } = selected
  await change(async () => {
    const edited = { ...toEntry(selected), name: shown.name }
    const all = mappings.value ?? []
    await put(PATH, saved ? all.map((mapping) => (mapping.name === id ? edited : mapping)) : [...all, edited])
    setDraft(id, undefined)
    if (shown.name !== id) selectMapping(shown.name)
    const effect = edited.enabled ? 'It takes the events from now on.' : 'It is switched off.'
    notify(`Saved ${shown.name}. ${effect}`)
  })
}

/**
 * Opens a draft of a mapping, and selects it.
 *
 * @param replaces the saved mapping that it changes. Without one it is a new mapping, whose name gets a number if it is taken
 */
export function openDraft(mapping: Omit<MappingEntry, 'enabled'>, replaces: string | null = null): void {
  const taken = listedMappings.value.flatMap(({ id, shown }) => [id, shown.name])
  const name = replaces ?? findFreeName(mapping.name, taken)
  setDraft(name, { ...toDraft(mapping), name, ...(replaces === null && { isNew: true }) })
  selectMapping(name)
}

/** Removes the selected mapping, and its draft. */
export async function removeMapping(): Promise<void> {
  const selected = selectedMapping.value
  if (!selected) return
  const { id, saved, draft, shown } = selected
  if (!saved) {
    dropDraft()
    return
  }
  const all = mappings.value ?? []
  const others = all.filter((mapping) => mapping !== saved)
  const putBack = () =>
    change(async () => {
      await put(PATH, (mappings.value ?? []).toSpliced(all.indexOf(saved), 0, saved))
      setDraft(id, draft)
      selectMapping(id)
    })
  await change(async () => {
    await put(PATH, others)
    setDraft(id, undefined)
    notify(`Removed ${shown.name}.`, putBack)
  })
}

/**
 * Reads mappings from a text: ours, Segment's Public API's or Terraform's. Changes nothing.
 *
 * @throws WorkbenchError that says which mapping is wrong, and what to do
 */
export async function readImport(text: string): Promise<MappingEntry[]> {
  return put<MappingEntry[]>(`${PATH}?check`, text)
}

/** Replaces all mappings. Their drafts are dropped. @throws WorkbenchError */
export async function importMappings(next: readonly MappingEntry[]): Promise<void> {
  const [before, draftsBefore] = [mappings.value, kept.value]
  await put(PATH, next)
  kept.value = []
  await loadMappings()
  notify(`Imported ${formatCountOf(next.length, 'mapping')}. They take the events from now on.`, () =>
    change(async () => {
      await put(PATH, before)
      kept.value = draftsBefore
    })
  )
}

/** Whether a name is free, or the one that a mapping has already. */
export function isFreeName(name: string, ownId: string): boolean {
  return listedMappings.value.every(({ id, shown }) => id === ownId || (id !== name && shown.name !== name))
}

/** Writes a mapping as the editor shows it. */
function writeMapping(mapping: unknown): string {
  return JSON.stringify(mapping, null, 2)
}

function toDraft({ name, action, trigger, mapping }: Omit<MappingEntry, 'enabled'>): Draft {
  return { name, action, trigger, text: writeMapping(mapping) }
}

async function change(act: () => Promise<unknown>): Promise<void> {
  await orNotify(act)
  await loadMappings()
}

function findFreeName(title: string, names: readonly string[]): string {
  if (!names.includes(title)) return title
  for (let number = 2; ; number += 1) {
    const name = `${title} (${number})`
    if (!names.includes(name)) return name
  }
}
