import type { DeliveryRow, WholeDelivery } from '../../workbench/api'
import { DialogButton } from '../components/Dialog'
import { ShareCase } from '../cases/ShareCase'
import { Button } from '../components/Button'
import { userOf } from '../events/row-text'
import { select } from '../events/selection'
import { rows, workbench } from '../stream/signals'
import { useKeys } from '../hooks'
import { isNarrow } from '../window'
import { SendAgainDialog } from './SendAgainDialog'
import { TopsortDialog } from './TopsortDialog'

/** The actions for the open event. */
export function DetailActions({ delivery, onClose }: { delivery: WholeDelivery; onClose: () => void }) {
  const { call, billable, sequence } = delivery
  const ofUser = rows.value.filter((row) => userOf(row) !== '' && userOf(row) === userOf(delivery))
  const previous = ofUser.find((row) => row.sequence < sequence)
  const next = ofUser.findLast((row) => row.sequence > sequence)
  useKeys(({ key }) => {
    const row = { '[': previous, ']': next }[key]
    if (row) select(row)
    return row !== undefined
  })
  return (
    <div class="detail-actions row at-end">
      <DialogButton title="Edit and send again" disabled={call === undefined}>
        {(close) => <SendAgainDialog call={call} onClose={close} />}
      </DialogButton>
      <OfUser title="Previous of this user" sign="‹" row={previous} />
      <OfUser title="Next of this user" sign="›" row={next} />
      {workbench.value?.canSendToTopsort && billable && (
        <DialogButton title="Send to Topsort…">
          {(close) => <TopsortDialog sequence={sequence} billable={billable} onClose={close} />}
        </DialogButton>
      )}
      <ShareCase key={sequence} event={sequence} />
      <Button variant="quiet" onClick={onClose}>
        {isNarrow.value ? 'Back to the list' : 'Close'}
      </Button>
    </div>
  )
}

function OfUser({ title, sign, row }: { title: string; sign: string; row: DeliveryRow | undefined }) {
  return (
    <Button label={title} disabled={!row} onClick={() => row && select(row)}>
      {sign}
    </Button>
  )
}
