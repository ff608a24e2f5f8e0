import { useEffect } from 'preact/hooks'
import { ShareCase } from '../cases/ShareCase'
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
  const previous = previousOfUser(delivery, rows.value)
  const next = nextOfUser(delivery, rows.value)
  useKeys({ '[': previous, ']': next })
  return (
    <div class="detail-actions row at-end">
      <Button disabled={call === undefined} onClick={sendAgain}>
        Edit and send again
      </Button>
      <OfUser title="Previous of this user" sign="‹" row={previous} />
      <OfUser title="Next of this user" sign="›" row={next} />
      {workbench.value?.canSendToTopsort && billable && <Button onClick={sendToTopsort}>Send to Topsort…</Button>}
      <ShareCase key={sequence} event={sequence} />
      <Button variant="quiet" onClick={onClose}>
        {isNarrow.value ? 'Back to the list' : 'Close'}
      </Button>
      {sendsAgain && <SendAgainDialog call={call} onClose={closeSendAgain} />}
      {sendsToTopsort && billable && <TopsortDialog sequence={sequence} billable={billable} onClose={closeTopsort} />}
    </div>
  )
}

/** Opens events by keys, except where text is typed. */
function useKeys(rowByKey: Partial<Record<string, DeliveryRow>>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const row = rowByKey[event.key]
      if (!row || (event.target as HTMLElement).closest('input, textarea, select, dialog')) return
      select(row)
      event.preventDefault()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  })
}

function OfUser({ title, sign, row }: { title: string; sign: string; row: DeliveryRow | undefined }) {
  return (
    <Button
      label={title}
      disabled={!row}
      onClick={() => {
        if (row) select(row)
      }}
    >
      {sign}
    </Button>
  )
}

/** Returns the next event of the same person: the oldest in the list that is newer than this one. */
function nextOfUser(delivery: DeliveryRow, all: readonly DeliveryRow[]): DeliveryRow | undefined {
  return all.findLast((row) => row.sequence > delivery.sequence && isOfUser(row, delivery))
}

/** Returns the previous event of the same person: the newest in the list that is older than this one. */
function previousOfUser(delivery: DeliveryRow, all: readonly DeliveryRow[]): DeliveryRow | undefined {
  return all.find((row) => row.sequence < delivery.sequence && isOfUser(row, delivery))
}

function isOfUser(row: DeliveryRow, other: DeliveryRow): boolean {
  return userOf(row) !== '' && userOf(row) === userOf(other)
}
