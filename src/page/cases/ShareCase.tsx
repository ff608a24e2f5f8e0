import { useId, useState } from 'preact/hooks'
import { Dialog, DialogButton } from '../components/Dialog'
import { Check } from '../components/fields'

type Props =
  /** A user id of the shopper. */
  | { user: string }
  /** The delivery of an event of the shopper. */
  | { event: number }

/** Saves a file with the events of one shopper only, for a colleague who drops it on a page. */
export function ShareCase(of: Props) {
  const id = useId()
  const [isMasked, setIsMasked] = useState(true)
  const query = new URLSearchParams('user' in of ? { user: of.user } : { event: String(of.event) })
  if (isMasked) query.set('mask', '')
  const file = `/workbench/state?${query.toString()}`
  return (
    <DialogButton title="Share this case">
      {(close) => (
        <Dialog
          title="Share this case"
          onClose={close}
          actions={
            <>
              <a class="button button-primary" href={file} download onClick={close}>
                Save the file
              </a>
              <a class="button button-plain" href={`${file}&as=test`} download onClick={close}>
                Save as a test
              </a>
            </>
          }
        >
          <p>
            The file has the events of this shopper only. To look at it, drop it on the page of a workbench. As a test
            for <code>node --test</code>, it checks that Topsort still gets the same for these calls.
          </p>
          <Check checked={isMasked} describedBy={id} onChange={setIsMasked}>
            Pseudonyms for user ids
          </Check>
          <p class="hint" id={id}>
            Names, addresses and other personal data in properties and traits stay as they are.
          </p>
        </Dialog>
      )}
    </DialogButton>
  )
}
