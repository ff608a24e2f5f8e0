import { computed, signal } from '@preact/signals'
import type { ActionEntry, DefinitionAnswer, MappingEntry, Preview, SettingEntry } from '../../workbench/api'
import { afterChanges } from '../after-changes'
import { get, post, put } from '../api'
import { counts } from '../stream/signals'
import { notify, orNotify } from '../notice'
import { changeParameters, place } from '../place'
import { filters, loadFilters } from './filters-state'

/** An edited mapping that is not saved. */
export type Draft = {
  trigger: string
  /** The mapping as JSON, which may be unfinished. */
  text: string
}

/** The mappings of the workbench. `undefined` before it has answered. */
export const mappings = signal<readonly MappingEntry[] | undefined>(undefined)

export const settings = signal<readonly SettingEntry[]>([])

export const definition = signal<DefinitionAnswer | undefined>(undefined)

/** The reason if the data cannot be loaded. */
export const mappingsProblem = signal('')

/** The mapping that the URL names, or else the first. */
export const selectedMapping = computed(() => {
  const all = mappings.value ?? []
  return all.find(({ name }) => name === place.value.parameters.mapping) ?? all.at(0)
})

/** The action of the selected mapping. */
export const selectedAction = computed<ActionEntry | undefined>(() =>
  definition.value?.actions.find(({ key }) => key === selectedMapping.value?.action)
)

/** The drafts, by the names of their mappings. */
export const drafts = signal<ReadonlyMap<string, Draft>>(new Map())

/** The draft of the selected mapping, if there is one. */
export const draft = computed(() => drafts.value.get(selectedMapping.value?.name ?? ''))

/** Increases when the text of the editor is replaced by text that nobody typed. */
export const revision = signal(0)

/** The preview of the edited mapping. */
export const preview = signal<Preview | undefined>(undefined)

/** The server's message if the edited mapping is invalid. */
export const draftProblem = signal('')

/** The pause in typing before a preview. Milliseconds. */
const PAUSE = 250

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
    settings.value = readSettings
    definition.value = readDefinition
    mappings.value = read
    if (!draft.value) revision.value += 1
    mappingsProblem.value = ''
  } catch (error) {
    mappingsProblem.value = (error as Error).message
  }
}

/** Selects a mapping. The drafts of other mappings are kept. */
export function selectMapping(name: string): void {
  changeParameters({ mapping: name })
}

/** Sets or drops the draft of a mapping. */
export function setDraft(name: string, next: Draft | undefined): void {
  const changed = new Map(drafts.value)
  if (next) changed.set(name, next)
  else changed.delete(name)
  drafts.value = changed
}

/** Drops the draft of a mapping. */
export function undoDraft(name: string): void {
  setDraft(name, undefined)
  revision.value += 1
}

/** Puts the defaults into the editor: those of the preset with this name, or else those of the action. */
export function editDefaults(trigger: string): void {
  const [mapping, action] = [selectedMapping.value, selectedAction.value]
  if (!mapping || !action) return
  const isPreset = ({ name, action }: MappingEntry): boolean => name === mapping.name && action === mapping.action
  const { mapping: defaults } = definition.value?.presets.find(isPreset) ?? action
  setDraft(mapping.name, { trigger, text: JSON.stringify(defaults, null, 2) })
  revision.value += 1
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

/** Returns the draft's mapping, or else the saved one. @throws SyntaxError if the draft is not JSON */
function readDraft(): MappingEntry | undefined {
  const saved = selectedMapping.value
  if (!saved || !draft.value) return saved
  return { ...saved, trigger: draft.value.trigger, mapping: JSON.parse(draft.value.text) as MappingEntry['mapping'] }
}

/** Saves the draft. New events are mapped with it. */
export async function saveDraft(): Promise<void> {
  await change(async () => {
    const edited = readDraft()
    if (!edited) return
    await put(
      PATH,
      mappings.value?.map((mapping) => (mapping.name === edited.name ? edited : mapping))
    )
    setDraft(edited.name, undefined)
    notify(`Saved ${edited.name}. It takes the events from now on.`)
  })
}

/** Adds a mapping for an action, with the action's defaults. */
export async function addMapping({ key, title, trigger, mapping }: ActionEntry): Promise<void> {
  const names = (mappings.value ?? []).map(({ name }) => name)
  const name = findFreeName(title, names)
  await change(() => put(PATH, [...(mappings.value ?? []), { name, action: key, trigger, enabled: true, mapping }]))
  selectMapping(name)
}

/** Removes a mapping. */
export async function removeMapping(name: string): Promise<void> {
  await change(async () => {
    await put(
      PATH,
      mappings.value?.filter((mapping) => mapping.name !== name)
    )
    setDraft(name, undefined)
    notify(`Removed ${name}.`)
  })
}

/**
 * Replaces all mappings by those of a text: ours, Segment's Public API's or Terraform's.
 *
 * @throws WorkbenchError that says which mapping is wrong, and what to do
 */
export async function importMappings(text: string): Promise<void> {
  await put(PATH, text)
  drafts.value = new Map()
  await loadMappings()
  notify(`Imported ${mappings.value?.length ?? 0} mappings. They take the events from now on.`)
}

/** Previews the selected mapping now and after each edit, new event or change of the filters. Returns a function that stops it. */
export function followPreview(): () => void {
  return afterChanges(
    () => [counts.value.received, selectedMapping.value, draft.value, filters.value],
    PAUSE,
    (stopped) => void readPreview(stopped)
  )
}

async function readPreview(stopped: AbortSignal): Promise<void> {
  try {
    const edited = readDraft()
    if (!edited) return
    const [answer] = await post<Preview[]>('/workbench/preview', { mappings: [edited] }, stopped)
    if (stopped.aborted) return
    preview.value = answer
    draftProblem.value = ''
  } catch (error) {
    if (stopped.aborted) return
    // An incomplete mapping has no preview. The last preview stays, so that nothing flickers while somebody types.
    if (!(error instanceof SyntaxError)) preview.value = undefined
    draftProblem.value =
      error instanceof SyntaxError ? `The mapping is not JSON yet: ${error.message}.` : (error as Error).message
  }
}

async function change(act: () => Promise<unknown>): Promise<void> {
  await orNotify(act)
  await loadMappings()
}

function findFreeName(title: string, names: string[]): string {
  if (!names.includes(title)) return title
  for (let number = 2; ; number += 1) {
    const name = `${title} (${number})`
    if (!names.includes(name)) return name
  }
}
