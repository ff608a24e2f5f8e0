import { useId, useState } from 'preact/hooks'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { useToggle } from '../components/use-toggle'

type Props =
  /** A user id of the shopper. */
  | { user: string }
  /** The delivery of an event of the shopper. */
  | { event: number }

/** Saves a file with the events of one shopper only, for a colleague who drops it on a page. */
export function ShareCase(of: Props) {
  const id = useId()
  const [isOpen, open, close] = useToggle()
  const [isMasked, setIsMasked] = useState(true)
  const query = new URLSearchParams('user' in of ? { user: of.user } : { event: String(of.event) })
  if (isMasked) query.set('mask', '')
  return (
    <>
      <Button onClick={open}>Share this case</Button>
      {isOpen && (
        <Dialog
          title="Share this case"
          onClose={close}
          actions={
            <>
              <a class="button button-primary" href={`/workbench/state?${query.toString()}`} download onClick={close}>
                Save the file
              </a>
              <a
                class="button button-plain"
                href={`/workbench/state?${query.toString()}&as=test`}
                download
                onClick={close}
              >
                Save as a test
              </a>
            </>
          }
        >
          <p>
            The file has the events of this shopper only. To look at it, drop it on the page of a workbench. As a test
            for <code>node --test</code>, it checks that Topsort still gets the same for these calls.
          </p>
          <label class="row check">
            <input
              type="checkbox"
              checked={isMasked}
              aria-describedby={id}
              onChange={({ currentTarget }) => setIsMasked(currentTarget.checked)}
            />
            Pseudonyms for user ids
          </label>
          <p class="hint" id={id}>
            Names, addresses and other personal data in properties and traits stay as they are.
          </p>
        </Dialog>
      )}
    </>
  )
}
