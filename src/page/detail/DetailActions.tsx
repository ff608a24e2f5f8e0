import { useState } from 'preact/hooks'
import { Button } from '../components/Button'
import { isNarrow } from '../window'
import { select } from '../events/selection'
import { userOf } from '../events/row-text'
import { rows, workbench } from '../stream/signals'
import type { DeliveryRow, WholeDelivery } from '../../workbench/api'
import { SendAgainDialog } from './SendAgainDialog'
import { TopsortDialog } from './TopsortDialog'

/** The actions for the open event. */
export function DetailActions({ delivery, onClose }: { delivery: WholeDelivery; onClose: () => void }) {
  const [sendsAgain, setSendsAgain] = useState(false)
  const [sendsToTopsort, setSendsToTopsort] = useState(false)
  const { call, billable } = delivery
  const next = nextOfUser(delivery, rows.value)
  return (
    <div class="detail-actions">
      <Button
        disabled={call === undefined}
        onClick={() => {
          setSendsAgain(true)
        }}
      >
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
      {workbench.value?.canSendToTopsort && billable && (
        <Button
          onClick={() => {
            setSendsToTopsort(true)
          }}
        >
          Send to Topsort…
        </Button>
      )}
      <Button variant="quiet" onClick={onClose}>
        {isNarrow.value ? 'Back to the list' : 'Close'}
      </Button>
      {sendsAgain && (
        <SendAgainDialog
          call={call}
          onClose={() => {
            setSendsAgain(false)
          }}
        />
      )}
      {sendsToTopsort && billable && (
        <TopsortDialog
          sequence={delivery.sequence}
          billable={billable}
          onClose={() => {
            setSendsToTopsort(false)
          }}
        />
      )}
    </div>
  )
}

/** Returns the next event of the same person: the oldest in the list that is newer than this one. */
function nextOfUser(delivery: DeliveryRow, all: readonly DeliveryRow[]): DeliveryRow | undefined {
  const user = userOf(delivery)
  return user === '' ? undefined : all.findLast((row) => row.sequence > delivery.sequence && userOf(row) === user)
}
