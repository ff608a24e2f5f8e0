import { useState } from 'preact/hooks'
import { remove } from '../api'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { notify, notifyError } from '../notice'
import { deselect } from './selection'

/** Forgets everything after a confirmation. */
export function ClearButton() {
  const [asks, setAsks] = useState(false)

  async function clear(): Promise<void> {
    setAsks(false)
    try {
      await remove('/workbench')
      deselect()
      notify('Everything is forgotten.')
    } catch (error) {
      notifyError(error)
    }
  }

  return (
    <>
      <Button
        onClick={() => {
          setAsks(true)
        }}
      >
        Clear
      </Button>
      {asks && (
        <Dialog
          title="Forget everything?"
          onClose={() => {
            setAsks(false)
          }}
          actions={
            <Button
              variant="danger"
              onClick={() => {
                void clear()
              }}
            >
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
