import { useId, useState } from 'preact/hooks'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { importMappings } from './mappings-state'

/** Replaces the mappings by those of a customer, from a file or pasted. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const id = useId()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState('')

  async function submit(): Promise<void> {
    try {
      await importMappings(text)
      onClose()
    } catch (error) {
      setProblem((error as Error).message)
    }
  }

  return (
    <Dialog
      title="Import mappings"
      onClose={onClose}
      actions={
        <Button
          variant="primary"
          disabled={text.trim() === ''}
          onClick={() => {
            void submit()
          }}
        >
          Replace all mappings
        </Button>
      }
    >
      <p>
        Takes the answer of <code>GET /destinations/…/subscriptions</code> of Segment’s Public API, the output of{' '}
        <code>terraform show -json</code>, a <code>.tf.json</code> file, or what Export has written.
      </p>
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
      {problem !== '' && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  )
}
