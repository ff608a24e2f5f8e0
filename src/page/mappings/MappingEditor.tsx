import { useEffect, useId } from 'preact/hooks'
import { Badge, Panel } from '../ui'
import type { MappingEntry } from '../../workbench/api'
import { Button } from '../components/Button'
import { Problem } from '../components/Problem'
import { rows } from '../stream/signals'
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
  const saved: Draft = { trigger: mapping.trigger, text: JSON.stringify(mapping.mapping, null, 2) }
  const shown = draft.value ?? saved
  const isEdited = draft.value !== undefined
  const action = selectedAction.value
  const newest = rows.value.at(0)?.sequence

  useEffect(() => {
    void readRecentCalls(mapping.name)
  }, [mapping.name, newest])

  function edit(changes: Partial<Draft>): void {
    const next = { ...shown, ...changes }
    const isSame = next.text === saved.text && next.trigger === saved.trigger
    setDraft(mapping.name, isSame ? undefined : next)
  }

  return (
    <Panel
      title={mapping.name}
      note={isEdited ? <Badge tone="waiting">not saved</Badge> : action?.title}
      actions={
        <>
          <Button
            variant="quiet"
            onClick={() => {
              void removeMapping(mapping.name)
            }}
          >
            Remove
          </Button>
          <Button
            disabled={!action}
            onClick={() => {
              editDefaults(shown.trigger)
            }}
          >
            Defaults
          </Button>
          <Button
            disabled={!isEdited}
            onClick={() => {
              undoDraft(mapping.name)
            }}
          >
            Undo all
          </Button>
          <Button
            variant="primary"
            disabled={!isEdited || draftProblem.value !== ''}
            onClick={() => {
              void saveDraft()
            }}
          >
            Save
          </Button>
        </>
      }
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
          label={`The mapping ${mapping.name} as JSON`}
          text={shown.text}
          revision={revision.value}
          know={() => ({
            fields: action?.fields ?? [],
            directives: definition.value?.directives ?? [],
            paths: listPaths(recentCalls.value),
            itemPaths: listItemPaths(recentCalls.value)
          })}
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
