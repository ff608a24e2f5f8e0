import { signal } from '@preact/signals'

/** A sentence about the latest action. */
export type Notice = { text: string; isProblem: boolean }

/** The notice at the bottom of the page. It disappears after a while. */
export const notice = signal<Notice | undefined>(undefined)

/** Milliseconds. Problems stay until the next notice. */
const SHOWN_FOR = 5_000

let timer: ReturnType<typeof setTimeout> | undefined

/** Shows a notice. Screen readers read it. */
export function notify(text: string): void {
  show({ text, isProblem: false })
  timer = setTimeout(() => {
    notice.value = undefined
  }, SHOWN_FOR)
}

/** Shows why an action failed. The notice stays until it is closed or replaced. */
export function notifyError(error: unknown): void {
  show({ text: error instanceof Error ? error.message : String(error), isProblem: true })
}

/** Runs an action, and shows why it failed. */
export async function orNotify(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    notifyError(error)
  }
}

/** Removes the notice. */
export function closeNotice(): void {
  clearTimeout(timer)
  notice.value = undefined
}

function show(next: Notice): void {
  clearTimeout(timer)
  notice.value = next
}
