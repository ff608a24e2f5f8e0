import { spawn } from 'node:child_process'

/** The command that opens a URL, by platform. */
const COMMANDS: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ['open'],
  // `start` uses the first quoted text as a title.
  win32: ['cmd', '/c', 'start', '""']
}

/** Opens a URL in the browser of this machine. If that fails, it says which URL to open. Never throws. */
export function openInBrowser(url: string, notify: (line: string) => void): void {
  const [command, ...args] = COMMANDS[process.platform] ?? ['xdg-open']
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true })
  child.on('error', () => {
    notify(`No browser could be opened. Open ${url} yourself.`)
  })
  child.unref()
}

/**
 * Makes a URL a link in terminals that support links. Other terminals skip the sequence and show the URL.
 *
 * Source: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda (OSC 8)
 */
export function toLink(url: string, isTerminal: boolean): string {
  return isTerminal ? `\u001b]8;;${url}\u001b\\${url}\u001b]8;;\u001b\\` : url
}
