import { remove } from '../api'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { useToggle } from '../components/use-toggle'
import { notify, orNotify } from '../notice'
import { deselect } from './selection'

/** Forgets everything after a confirmation. */
export function ClearButton() {
  const [asks, ask, stopAsking] = useToggle()

  async function clear(): Promise<void> {
    stopAsking()
    await orNotify(async () => {
      await remove('/workbench')
      deselect()
      notify('Everything is forgotten.')
    })
  }

  return (
    <>
      <Button onClick={ask}>Clear</Button>
      {asks && (
        <Dialog
          title="Forget everything?"
          onClose={stopAsking}
          actions={
            <Button variant="danger" onClick={clear}>
              Forget everything
            </Button>
          }
        >
          <p>
            All events and findings, and everything that the sandbox has stored, are removed. The mappings become the
            presets again.
          </p>
        </Dialog>
      )}
    </>
  )
}
