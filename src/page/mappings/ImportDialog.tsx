import { useId, useState } from 'preact/hooks'
import type { FilterEntry, MappingEntry } from '../../workbench/api'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { Problem } from '../components/texts'
import { useAnswer } from '../hooks'
import { orNotify } from '../notice'
import { compareEntries, type EntryChange, type Named } from './compare-entries'
import { EntryChanges } from './EntryChanges'
import { filters, importFilters, nameFilter, readFilterImport } from './filters-state'
import { importMappings, mappings, readImport } from './mappings-state'

/** What a text would change, and the function that does it. */
type Reading = { changes: EntryChange[]; run: () => Promise<void> }

/** The contents that a customer's file can have. */
const IMPORTS = {
  mappings: {
    takes: (
      <>
        Takes the answer of <code>GET /destinations/…/subscriptions</code> of Segment’s Public API, the output of{' '}
        <code>terraform show -json</code>, a <code>.tf.json</code> file, or what Export has written.
      </>
    ),
    read: async (text: string): Promise<Reading> => {
      const next = await readImport(text)
      const changes = compareEntries((mappings.value ?? []).map(nameMapping), next.map(nameMapping))
      return { changes, run: () => importMappings(next) }
    }
  },
  filters: {
    takes: (
      <>
        Takes the answer of <code>GET /destinations/…/filters</code> of Segment’s Public API. The filters apply to new
        events before the mappings.
      </>
    ),
    read: async (text: string): Promise<Reading> => {
      const next = await readFilterImport(text)
      const changes = compareEntries(filters.value.map(toNamedFilter), next.map(toNamedFilter))
      return { changes, run: () => importFilters(next) }
    }
  }
}

/** The pause in typing before the text is read. Milliseconds. */
const PAUSE = 200

/** Replaces the mappings or the filters by those of a customer, from a file or pasted. Shows first what changes. */
export function ImportDialog({ what, onClose }: { what: keyof typeof IMPORTS; onClose: () => void }) {
  const { takes, read } = IMPORTS[what]
  const id = useId()
  const [text, setText] = useState('')
  const { answer: reading, problem } = useAnswer(() => (text.trim() === '' ? undefined : read(text)), [text], PAUSE)

  async function submit(): Promise<void> {
    onClose()
    await orNotify(async () => reading?.run())
  }

  return (
    <Dialog
      title={`Import ${what}`}
      onClose={onClose}
      actions={
        <Button variant="primary" disabled={!reading} onClick={submit}>
          Replace all {what}
        </Button>
      }
    >
      <p>{takes}</p>
      <div>
        <label for={`${id}-file`}>A file</label>
        <input
          id={`${id}-file`}
          type="file"
          accept=".json,.tf,.tfstate,application/json"
          onChange={({ currentTarget }) => void currentTarget.files?.[0]?.text().then(setText)}
        />
      </div>
      <div>
        <label for={`${id}-text`}>Or its text</label>
        <textarea
          id={`${id}-text`}
          rows={6}
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </div>
      <Problem text={problem} />
      {reading && <EntryChanges changes={reading.changes} />}
    </Dialog>
  )
}

function nameMapping({ name, action, trigger, enabled, mapping }: MappingEntry): Named {
  return { name, parts: { action, trigger, enabled, ...mapping } }
}

function toNamedFilter(filter: FilterEntry, index: number): Named {
  const { if: condition, enabled = true, actions } = filter
  return { name: nameFilter(filter, index), parts: { if: condition, enabled, actions } }
}
