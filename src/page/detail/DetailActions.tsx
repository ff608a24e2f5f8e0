import { Button } from '../components/Button'
import { useToggle } from '../components/use-toggle'
import { isNarrow } from '../window'
import { select } from '../events/selection'
import { userOf } from '../events/row-text'
import { rows, workbench } from '../stream/signals'
import type { DeliveryRow, WholeDelivery } from '../../workbench/api'
import { SendAgainDialog } from './SendAgainDialog'
import { TopsortDialog } from './TopsortDialog'

/** The actions for the open event. */
export function DetailActions({ delivery, onClose }: { delivery: WholeDelivery; onClose: () => void }) {
  const [sendsAgain, sendAgain, closeSendAgain] = useToggle()
  const [sendsToTopsort, sendToTopsort, closeTopsort] = useToggle()
  const { call, billable, sequence } = delivery
  const next = nextOfUser(delivery, rows.value)
  return (
    <div class="detail-actions row at-end">
      <Button disabled={call === undefined} onClick={sendAgain}>
        Edit and send again
      </Button>
      <Button
        disabled={!next}
        onClick={() => {
          if (next) select(next)
        }}
      >
        Next of this user
      </Button>
      {workbench.value?.canSendToTopsort && billable && <Button onClick={sendToTopsort}>Send to Topsort…</Button>}
      <Button variant="quiet" onClick={onClose}>
        {isNarrow.value ? 'Back to the list' : 'Close'}
      </Button>
      {sendsAgain && <SendAgainDialog call={call} onClose={closeSendAgain} />}
      {sendsToTopsort && billable && <TopsortDialog sequence={sequence} billable={billable} onClose={closeTopsort} />}
    </div>
  )
}

/** Returns the next event of the same person: the oldest in the list that is newer than this one. */
function nextOfUser(delivery: DeliveryRow, all: readonly DeliveryRow[]): DeliveryRow | undefined {
  const user = userOf(delivery)
  return user === '' ? undefined : all.findLast((row) => row.sequence > delivery.sequence && userOf(row) === user)
}
