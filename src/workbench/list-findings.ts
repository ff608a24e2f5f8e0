import { isObject } from '../core'
import type { Finding } from './api'
import type { Findings } from './state/findings'
import type { History } from './state/history'

/** Returns all findings, most expensive first, each with the SDK and the name of its newest case. */
export function listFindings({ findings, history }: { findings: Findings; history: History }): Finding[] {
  return findings.list().map((finding) => {
    const { messageId = '' } = finding.samples.at(-1) ?? {}
    const entry = history.findByMessage(messageId).at(0)
    const sdk = readLibrary(entry?.call ?? entry?.refused)
    const event = entry?.label?.name
    return { ...finding, ...(sdk !== undefined && { sdk }), ...(event && { event }) }
  })
}

function readLibrary(call?: { context?: unknown }): string | undefined {
  const library = isObject(call?.context) ? call.context.library : undefined
  return isObject(library) && typeof library.name === 'string' ? library.name : undefined
}
