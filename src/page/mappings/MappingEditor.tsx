import type { Extension } from '@codemirror/state'
import { signal } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import { Badge, Panel } from '../ui'
import { Button } from '../components/Button'
import { Problem } from '../components/texts'
import { Tabs } from '../components/Tabs'
import { JsonEditorField } from '../editor/JsonEditorField'
import type { MappingKnowledge } from './complete-mapping'
import { FieldTable } from './FieldTable'
import { listUsedPaths } from './field-rows'
import {
  defaultsOf,
  definition,
  dropDraft,
  edit,
  editDefaults,
  isFreeName,
  type ListedMapping,
  removeMapping,
  revision,
  saveDraft,
  selectedAction,
  selectedMapping,
  shownJson
} from './mappings-state'
import { draftProblem, isChecked, preview } from './preview-state'
import { listTwice } from './say-failure'
import { TriggerField } from './TriggerField'

const TABS = ['Fields', 'JSON']

/** The tab that is open, for all mappings. */
const tab = signal(0)

/** Edits a mapping: its name, its trigger and its fields. */
export function MappingEditor({ listed }: { listed: ListedMapping }) {
  const { shown } = listed
  const key = useRef<string | undefined>(undefined)
  return (
    <Panel title={shown.name} note={<EditorNote listed={listed} />} actions={<EditorActions listed={listed} />}>
      <div class="mapping-form stack">
        <div class="mapping-head">
          <NameField listed={listed} />
          <TriggerField />
        </div>
        <div>
          <Tabs
            label="How to edit the mapping"
            titles={TABS}
            selected={tab.value}
            onSelect={(index) => {
              key.current = undefined
              tab.value = index
            }}
          >
            {tab.value === 0 ? (
              <Fields
                onOpenJson={(field) => {
                  key.current = field
                  tab.value = 1
                }}
              />
            ) : (
              <Json listed={listed} reveal={key.current} />
            )}
          </Tabs>
        </div>
      </div>
    </Panel>
  )
}

function EditorNote({ listed: { saved, draft, shown } }: { listed: ListedMapping }) {
  const { title = '' } = selectedAction.value ?? {}
  return (
    <span class="row">
      {title !== shown.name && title}
      {draft && <Badge tone="waiting">{saved ? 'not saved' : 'draft'}</Badge>}
    </span>
  )
}

function NameField({ listed: { id, shown } }: { listed: ListedMapping }) {
  const inputId = useId()
  const problem = whyBadName(id, shown.name)
  return (
    <div class="stack stack-close">
      <label for={inputId}>Name</label>
      <input
        id={inputId}
        value={shown.name}
        aria-invalid={problem !== ''}
        onInput={({ currentTarget }) => edit({ name: currentTarget.value })}
      />
      <Problem text={problem} />
    </div>
  )
}

/** Returns why a mapping cannot have this name. Empty text if it can. */
function whyBadName(id: string, name: string): string {
  if (name.trim() === '') return 'A mapping needs a name.'
  return isFreeName(name, id) ? '' : 'Another mapping has this name.'
}

function Fields({ onOpenJson }: { onOpenJson: (key?: string) => void }) {
  if (shownJson.value) return <FieldTable onOpenJson={onOpenJson} />
  return (
    <>
      <Problem text={draftProblem.value?.problem ?? ''} />
      <Button onClick={() => onOpenJson()}>Correct the JSON</Button>
    </>
  )
}

function Json({ listed: { shown }, reveal }: { listed: ListedMapping; reveal?: string }) {
  const { field = 'trigger', problem = '' } = draftProblem.value ?? {}
  return (
    <div class="stack stack-near">
      <JsonEditorField
        label={`The mapping ${shown.name} as JSON`}
        text={shown.text}
        revision={revision.value}
        checkedWith={preview.value}
        reveal={reveal === undefined ? undefined : `"${reveal}":`}
        loadExtensions={loadExtensions}
        onChange={(text) => edit({ text })}
      />
      <Problem text={field === 'trigger' ? '' : problem} />
      <p class="hint">
        Control-Space completes fields, directives, and the paths of the events. Control-F finds. Escape, then Tab,
        leaves the editor.
      </p>
    </div>
  )
}

function EditorActions({ listed: { id, saved, draft, shown } }: { listed: ListedMapping }) {
  const isTwice = listTwice(preview.value?.overlaps ?? [], shown.action).length > 0
  const canSave = draft !== undefined && isChecked.value && whyBadName(id, shown.name) === ''
  return (
    <>
      {saved && (
        <Button variant="quiet" onClick={removeMapping}>
          Remove
        </Button>
      )}
      <Button disabled={!selectedAction.value} onClick={editDefaults}>
        Defaults
      </Button>
      <Button disabled={!draft} onClick={dropDraft}>
        {saved ? 'Undo all' : 'Drop the draft'}
      </Button>
      <Button variant={isTwice && canSave ? 'danger' : 'primary'} disabled={!canSave} onClick={saveDraft}>
        {isTwice && draft ? 'Save anyway' : 'Save'}
      </Button>
    </>
  )
}

async function loadExtensions(): Promise<Extension> {
  const { createMappingExtensions } = await import('./mapping-extensions')
  return createMappingExtensions(readKnowledge)
}

/** Returns the data for completions and checks: the parts of the action, and the paths of the newest events. */
function readKnowledge(): MappingKnowledge {
  const { paths = [], itemPaths = [], absentPaths = [], events = [] } = preview.value ?? {}
  return {
    fields: selectedAction.value?.fields ?? [],
    directives: definition.value?.directives ?? [],
    ...{ paths, itemPaths, absentPaths, events: events.length },
    usualPaths: listUsedPaths(defaultsOf(selectedMapping.value?.shown)),
    problem: draftProblem.value
  }
}
