import { complain, say } from './notice'

/** Copies text to the clipboard and shows a notice. */
export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    say(`Copied ${what}.`)
  } catch {
    complain(new Error('The browser did not allow copying. Select the text and copy it by hand.'))
  }
}
