import { signal } from '@preact/signals'
import type { ClockAnswer } from '../../workbench/api'
import { afterChanges } from '../after-changes'
import { get, put } from '../api'
import { orNotify } from '../notice'
import { counts, workbench } from '../stream/signals'

/** The clock of the workbench. `undefined` before the server has answered, and in live mode. */
export const clock = signal<ClockAnswer | undefined>(undefined)

/** Events that arrive together are followed by one reading. Milliseconds. */
const PAUSE = 1_000

/** Reads the clock now, and after new events. Returns a function that stops it. */
export function followClock(): () => void {
  return afterChanges(
    () => [counts.value, workbench.value],
    PAUSE,
    (stopped) => {
      // Without an answer, the strip stays as it is. The view says that the workbench cannot be reached.
      if (workbench.value?.live === false) void readClock(stopped).catch(() => undefined)
    }
  )
}

/** Moves the clock forward by a number of days, or sets it back to the time of the machine. */
export async function changeClock(change: { advance: { days: number } } | { reset: true }): Promise<void> {
  await orNotify(async () => {
    clock.value = await put<ClockAnswer>('/workbench/clock', change)
  })
}

async function readClock(stopped: AbortSignal): Promise<void> {
  clock.value = await get<ClockAnswer>('/workbench/clock', stopped)
}
