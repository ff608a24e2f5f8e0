import { signal } from '@preact/signals'

/** A sentence about the latest action. */
type Notice = {
  text: string
  isProblem: boolean
  undo?: () => unknown
}

/** The notice at the bottom of the page. It disappears after a while. */
export const notice = signal<Notice | undefined>(undefined)

/** Milliseconds. Problems, and what can be undone, stay until the next notice. */
const SHOWN_FOR = 5_000

let timer: ReturnType<typeof setTimeout> | undefined

/** Shows a notice. Screen readers read it. With `undo`, it has a button that takes the action back. */
export function notify(text: string, undo?: () => unknown): void {
  show({ text, isProblem: false, undo })
  if (!undo) timer = setTimeout(closeNotice, SHOWN_FOR)
}

/** Shows why an action failed. The notice stays until it is closed or replaced. */
export function notifyError(error: unknown): void {
  show({ text: error instanceof Error ? error.message : String(error), isProblem: true })
}

/** Runs an action, and shows why it failed. */
export async function orNotify(act: () => Promise<unknown>): Promise<void> {
  await act().catch(notifyError)
}

/** Removes the notice. */
export function closeNotice(): void {
  show(undefined)
}

function show(next: Notice | undefined): void {
  clearTimeout(timer)
  notice.value = next
}
