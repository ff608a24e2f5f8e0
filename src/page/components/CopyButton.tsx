import { notify, notifyError } from '../notice'
import { Button } from './Button'

type Props = {
  /** Names the copied thing, as in "Copied the Segment call." */
  what: string
  text: () => string
}

/** Copies text to the clipboard and shows a notice. */
export function CopyButton({ what, text }: Props) {
  return (
    <Button variant="quiet" label={`Copy ${what}`} onClick={() => copy(text(), what)}>
      Copy
    </Button>
  )
}

async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    notify(`Copied ${what}.`)
  } catch {
    notifyError(new Error('The browser did not allow copying. Select the text and copy it by hand.'))
  }
}
