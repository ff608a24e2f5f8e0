import { useState } from 'preact/hooks'
import { remove } from '../api'
import { Button } from '../components/Button'
import { Dialog, DialogButton } from '../components/Dialog'
import { Check } from '../components/fields'
import { notify, orNotify } from '../notice'
import { deselect } from './selection'

/** Forgets everything after a confirmation. */
export function ClearButton() {
  return <DialogButton title="Clear">{(close) => <ClearDialog onClose={close} />}</DialogButton>
}

function ClearDialog({ onClose }: { onClose: () => void }) {
  const [resets, setResets] = useState(false)

  async function clear(): Promise<void> {
    onClose()
    await orNotify(async () => {
      await remove(resets ? '/workbench' : '/workbench?keep=mappings')
      deselect()
      notify(resets ? 'Everything is forgotten.' : 'All events are forgotten.')
    })
  }

  return (
    <Dialog
      title="Forget all events?"
      onClose={onClose}
      actions={
        <Button variant="danger" onClick={clear}>
          {resets ? 'Forget everything' : 'Forget all events'}
        </Button>
      }
    >
      <p>All events and findings, and everything that the sandbox has stored, are removed.</p>
      <Check checked={resets} onChange={setResets}>
        Also set mappings, filters and settings back to the presets
      </Check>
    </Dialog>
  )
}
