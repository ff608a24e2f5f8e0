import { useState } from 'preact/hooks'
import { remove } from '../api'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { useToggle } from '../components/use-toggle'
import { notify, orNotify } from '../notice'
import { deselect } from './selection'

/** Forgets everything after a confirmation. */
export function ClearButton() {
  const [asks, ask, stopAsking] = useToggle()
  const [resets, setResets] = useState(false)

  async function clear(): Promise<void> {
    stopAsking()
    await orNotify(async () => {
      await remove(resets ? '/workbench' : '/workbench?keep=mappings')
      deselect()
      notify(resets ? 'Everything is forgotten.' : 'All events are forgotten.')
    })
  }

  return (
    <>
      <Button
        onClick={() => {
          setResets(false)
          ask()
        }}
      >
        Clear
      </Button>
      {asks && (
        <Dialog
          title="Forget all events?"
          onClose={stopAsking}
          actions={
            <Button variant="danger" onClick={clear}>
              {resets ? 'Forget everything' : 'Forget all events'}
            </Button>
          }
        >
          <p>All events and findings, and everything that the sandbox has stored, are removed.</p>
          <label class="row check">
            <input
              type="checkbox"
              checked={resets}
              onChange={({ currentTarget }) => setResets(currentTarget.checked)}
            />
            Also set mappings, filters and settings back to the presets
          </label>
        </Dialog>
      )}
    </>
  )
}
