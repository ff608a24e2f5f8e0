import { useState } from 'preact/hooks'
import type { Billable, TopsortAnswer, TopsortRequest } from '../../workbench/api'
import { post } from '../api'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { formatCountOf } from '../format'

type Props = { sequence: number; billable: Billable; onClose: () => void }

/** Asks for a confirmation before an event is sent to Topsort itself, and shows Topsort's answer. */
export function TopsortDialog({ sequence, billable, onClose }: Props) {
  const [isSending, setIsSending] = useState(false)
  const [answer, setAnswer] = useState<Pick<TopsortAnswer, 'ok' | 'message'>>()

  async function send(): Promise<void> {
    setIsSending(true)
    const request: TopsortRequest = { sequence, confirm: billable }
    setAnswer(
      await post<TopsortAnswer>('/workbench/topsort', request).catch((error: unknown) => ({
        ok: false,
        message: (error as Error).message
      }))
    )
    setIsSending(false)
  }

  return (
    <Dialog
      title="Send this one to Topsort?"
      onClose={onClose}
      actions={
        answer?.ok ? undefined : (
          <Button variant="danger" disabled={isSending} onClick={send}>
            {isSending ? 'Sending…' : `Send ${whatOf(billable)}`}
          </Button>
        )
      }
    >
      <p>
        This leaves the sandbox. Topsort stores <strong>{whatOf(billable)}</strong> under the key that the workbench was
        started with, and bills what is about an ad. It cannot be taken back.
      </p>
      {answer && (
        <p class={answer.ok ? 'callout' : 'callout tone-bad'} role="status">
          {answer.message}
        </p>
      )}
    </Dialog>
  )
}

/** Writes the numbers of events: `1 click` or `3 impressions and 1 purchase`. */
function whatOf({ impressions, clicks, purchases, pageviews }: Billable): string {
  const parts = [
    [impressions, 'impression'],
    [clicks, 'click'],
    [purchases, 'purchase'],
    [pageviews, 'page view']
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, noun]) => formatCountOf(count, noun))
    .join(' and ')
}
