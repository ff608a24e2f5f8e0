import { computed, signal } from '@preact/signals'
import type { EventSample } from '../../workbench/api'
import { get } from '../api'
import { notifyError } from '../notice'
import { parseEvents } from './parse-events'
import type { LineProblem } from './parse-events'
import { sendEvents } from './send-events'

/** The samples. `undefined` before the server has answered. */
export const samples = signal<readonly EventSample[] | undefined>(undefined)

/** The sample that the text comes from. */
export const chosenSample = signal<EventSample | undefined>(undefined)

/** The events, as they were pasted or chosen. */
export const text = signal('')

/** The number of times that they are sent. */
export const times = signal(1)

/** The problems of the text, line by line. Empty until somebody sends it. */
export const problems = signal<readonly LineProblem[]>([])

/** The progress of sending. Absent if nothing was sent yet. */
export const progress = signal<{ sent: number; all: number; isDone: boolean } | undefined>(undefined)

export const isSending = computed(() => progress.value?.isDone === false)

/** Reads the samples. */
export async function loadSamples(): Promise<void> {
  if (samples.value) return
  try {
    samples.value = await get<EventSample[]>('/workbench/samples')
    const first = samples.value.find(({ kind }) => kind === 'case')
    if (text.value === '' && first) chooseSample(first)
  } catch (error) {
    notifyError(error)
  }
}

/** Puts a sample into the text. */
export function chooseSample(sample: EventSample): void {
  const { events } = sample
  chosenSample.value = sample
  editText(JSON.stringify(events.length === 1 ? events[0] : events, null, 2))
}

/** Changes the text. */
export function editText(next: string): void {
  text.value = next
  problems.value = []
}

let stopper: AbortController | undefined

/** Sends the text the chosen number of times. */
export async function send(): Promise<void> {
  const parsed = parseEvents(text.value)
  problems.value = parsed.ok ? [] : parsed.problems
  if (!parsed.ok) return
  const all = parsed.events.length * times.value
  stopper = new AbortController()
  progress.value = { sent: 0, all, isDone: false }
  try {
    const sent = await sendEvents({
      events: parsed.events,
      times: times.value,
      auction: chosenSample.value?.auction,
      onProgress: (count) => {
        progress.value = { sent: count, all, isDone: false }
      },
      stopped: stopper.signal
    })
    progress.value = { sent, all, isDone: true }
  } catch (error) {
    progress.value = undefined
    problems.value = [{ place: 'Request', message: (error as Error).message }]
  }
}

/** Stops after the current request. */
export function stopSending(): void {
  stopper?.abort()
}
