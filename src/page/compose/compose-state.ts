import { computed, signal } from '@preact/signals'
import { toTerm } from '../../core/search-language'
import type { EventSample } from '../../workbench/api'
import { get } from '../api'
import { notifyError } from '../notice'
import { type LineProblem, parseEvents, type PastedEvent } from './parse-events'
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

/** What was sent together. */
export type Sent = {
  /** The message ids of the accepted events. */
  ids: ReadonlySet<string>
  /** The number of events to send. */
  all: number
  isDone: boolean
  /** The search that finds exactly these events. Empty if none does. */
  query: string
}

/** The progress of sending. Absent if nothing was sent yet. */
export const progress = signal<Sent | undefined>(undefined)

/** Increases when the text is replaced by a sample. */
export const revision = signal(0)

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
  revision.value += 1
}

/** Changes the text. */
export function editText(next: string): void {
  text.value = next
  problems.value = []
}

let stopper = new AbortController()

/** Sends the text the chosen number of times. */
export async function send(): Promise<void> {
  const parsed = parseEvents(text.value)
  problems.value = parsed.ok ? [] : parsed.problems
  if (!parsed.ok) return
  const { events } = parsed
  const run = `compose-${crypto.randomUUID().slice(0, 8)}`
  const all = events.length * times.value
  const ids = new Set<string>()
  const query = findQuery(events, times.value, run)
  const show = (isDone: boolean): void => {
    progress.value = { ids, all, isDone, query }
  }
  stopper = new AbortController()
  const stopped = stopper.signal
  show(false)
  try {
    for await (const accepted of sendEvents({
      events,
      run,
      times: times.value,
      auction: chosenSample.value?.auction
    })) {
      for (const { messageId } of accepted) ids.add(String(messageId))
      show(false)
      if (stopped.aborted) break
    }
    show(true)
  } catch (error) {
    progress.value = undefined
    problems.value = [{ place: 'Request', message: (error as Error).message }]
  }
}

/** Returns a search for events that are sent together. Each id of their own would need a search of its own. */
function findQuery(events: readonly PastedEvent[], times: number, run: string): string {
  const own = times > 1 ? [] : events.flatMap(({ messageId }) => (typeof messageId === 'string' ? [messageId] : []))
  if (own.length === 0) return run
  return events.length === 1 ? toTerm('id', own[0]) : ''
}

/** Stops after the current request. */
export function stopSending(): void {
  stopper.abort()
}
