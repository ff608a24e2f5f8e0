import { useEffect, useId } from 'preact/hooks'
import { Badge, Panel } from '../ui'
import type { MappingEntry } from '../../workbench/api'
import { Button } from '../components/Button'
import { Problem } from '../components/Problem'
import { rows } from '../stream/signals'
import type { MappingKnowledge } from './complete-mapping'
import { listItemPaths, listPaths } from './event-paths'
import { JsonEditorField } from './JsonEditorField'
import {
  definition,
  draft,
  draftProblem,
  editDefaults,
  removeMapping,
  revision,
  saveDraft,
  setDraft,
  selectedAction,
  undoDraft
} from './mappings-state'
import type { Draft } from './mappings-state'
import { readRecentCalls, recentCalls } from './recent-calls'

/** Edits a mapping: its trigger and its fields. */
export function MappingEditor({ mapping }: { mapping: MappingEntry }) {
  const id = useId()
  const { name } = mapping
  const saved: Draft = { trigger: mapping.trigger, text: JSON.stringify(mapping.mapping, null, 2) }
  const shown = draft.value ?? saved
  const newest = rows.value.at(0)?.sequence

  useEffect(() => {
    void readRecentCalls(name)
  }, [name, newest])

  function edit(changes: Partial<Draft>): void {
    const next = { ...shown, ...changes }
    const isSame = next.text === saved.text && next.trigger === saved.trigger
    setDraft(name, isSame ? undefined : next)
  }

  return (
    <Panel
      title={name}
      note={draft.value ? <Badge tone="waiting">not saved</Badge> : selectedAction.value?.title}
      actions={<EditorActions name={name} trigger={shown.trigger} />}
    >
      <div class="mapping-form stack stack-near">
        <label for={id}>Takes the events</label>
        <input
          id={id}
          class="code"
          spellcheck={false}
          value={shown.trigger}
          onInput={({ currentTarget }) => {
            edit({ trigger: currentTarget.value })
          }}
        />
        <JsonEditorField
          label={`The mapping ${name} as JSON`}
          text={shown.text}
          revision={revision.value}
          know={readKnowledge}
          onChange={(text) => {
            edit({ text })
          }}
        />
        <Problem text={draftProblem.value} />
        <p class="hint">
          Control-Space completes fields, directives, and the paths of recent events. Escape, then Tab, leaves the
          editor.
        </p>
      </div>
    </Panel>
  )
}

function EditorActions({ name, trigger }: { name: string; trigger: string }) {
  const isEdited = draft.value !== undefined
  return (
    <>
      <Button variant="quiet" onClick={() => removeMapping(name)}>
        Remove
      </Button>
      <Button
        disabled={!selectedAction.value}
        onClick={() => {
          editDefaults(trigger)
        }}
      >
        Defaults
      </Button>
      <Button
        disabled={!isEdited}
        onClick={() => {
          undoDraft(name)
        }}
      >
        Undo all
      </Button>
      <Button variant="primary" disabled={!isEdited || draftProblem.value !== ''} onClick={saveDraft}>
        Save
      </Button>
    </>
  )
}

/** Returns the data for completions: the parts of the action, and the paths of recent events. */
function readKnowledge(): MappingKnowledge {
  return {
    fields: selectedAction.value?.fields ?? [],
    directives: definition.value?.directives ?? [],
    paths: listPaths(recentCalls.value),
    itemPaths: listItemPaths(recentCalls.value)
  }
}
