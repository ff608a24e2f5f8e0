import { useId, useState } from 'preact/hooks'
import { post } from '../api'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { Problem } from '../components/texts'
import { formatCount } from '../format'
import { notify } from '../notice'
import { MAX_CALL_BYTES } from './largest-parts'

/** Fields that Segment adds. An event that is sent again gets new ones. */
const ADDED = ['messageId', 'receivedAt', 'sentAt', 'timestamp', 'originalTimestamp']

/** Edits a Segment call and sends it as a new event. */
export function SendAgainDialog({ call, onClose }: { call: unknown; onClose: () => void }) {
  const id = useId()
  const [text, setText] = useState(JSON.stringify(withoutAdded(call), null, 2))
  const [problem, setProblem] = useState('')
  const size = new TextEncoder().encode(text.replace(/\n\s*/g, '')).length

  async function send(): Promise<void> {
    try {
      const event: unknown = JSON.parse(text)
      await post('/v1/batch', { batch: [event], sentAt: new Date().toISOString() })
      notify('Sent again, as a new event.')
      onClose()
    } catch (error) {
      setProblem(error instanceof SyntaxError ? `This is not JSON: ${error.message}.` : (error as Error).message)
    }
  }

  return (
    <Dialog
      title="Edit and send again"
      onClose={onClose}
      actions={
        <Button variant="primary" onClick={send}>
          Send
        </Button>
      }
    >
      <label for={id}>The Segment call. It gets a new message id and the time of now.</label>
      <textarea
        id={id}
        rows={18}
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value)
          setProblem('')
        }}
      />
      {size > MAX_CALL_BYTES && (
        <p class="hint">
          {formatCount(size)} bytes. Segment takes {formatCount(MAX_CALL_BYTES)}.
        </p>
      )}
      <Problem text={problem} />
    </Dialog>
  )
}

function withoutAdded(call: unknown): unknown {
  return Object.fromEntries(Object.entries(Object(call) as object).filter(([key]) => !ADDED.includes(key)))
}
