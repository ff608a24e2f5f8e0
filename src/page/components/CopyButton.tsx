import { copy } from '../copy'
import { Button } from './Button'

type Props = {
  /** Names the copied thing, as in "Copied the Segment call." */
  what: string
  text: () => string
}

/** Copies text to the clipboard. */
export function CopyButton({ what, text }: Props) {
  return (
    <Button
      look="quiet"
      label={`Copy ${what}`}
      onClick={() => {
        void copy(text(), what)
      }}
    >
      Copy
    </Button>
  )
}
