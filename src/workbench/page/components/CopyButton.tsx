import { copy } from '../copy'
import { Button } from './Button'

type Props = {
  /** What is copied, as in "Copied the Segment call." */
  what: string
  text: () => string
}

/** Puts something on the clipboard. */
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
