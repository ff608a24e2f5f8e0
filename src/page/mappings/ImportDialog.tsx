import { useId, useState } from 'preact/hooks'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { Problem } from '../components/Problem'
import { importFilters } from './filters-state'
import { importMappings } from './mappings-state'

/** The content of a customer's file. */
export type Import = 'mappings' | 'filters'

const IMPORTS = {
  mappings: {
    takes: (
      <>
        Takes the answer of <code>GET /destinations/…/subscriptions</code> of Segment’s Public API, the output of{' '}
        <code>terraform show -json</code>, a <code>.tf.json</code> file, or what Export has written.
      </>
    ),
    run: importMappings
  },
  filters: {
    takes: (
      <>
        Takes the answer of <code>GET /destinations/…/filters</code> of Segment’s Public API. The filters apply to new
        events before the mappings.
      </>
    ),
    run: importFilters
  }
}

/** Replaces the mappings or the filters by those of a customer, from a file or pasted. */
export function ImportDialog({ what, onClose }: { what: Import; onClose: () => void }) {
  const { takes, run } = IMPORTS[what]
  const id = useId()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState('')

  async function submit(): Promise<void> {
    try {
      await run(text)
      onClose()
    } catch (error) {
      setProblem((error as Error).message)
    }
  }

  return (
    <Dialog
      title={`Import ${what}`}
      onClose={onClose}
      actions={
        <Button variant="primary" disabled={text.trim() === ''} onClick={submit}>
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
          onChange={({ currentTarget }) => {
            void currentTarget.files?.[0]?.text().then(setText)
          }}
        />
      </div>
      <div>
        <label for={`${id}-text`}>Or its text</label>
        <textarea
          id={`${id}-text`}
          rows={12}
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value)
            setProblem('')
          }}
        />
      </div>
      <Problem text={problem} />
    </Dialog>
  )
}
