import { isObject, parseJson } from '../../core/json'

/** A file of a case: a saved state of a workbench, or Segment calls in JSON Lines. */
export type CaseFile = {
  name: string
  /** What the server opens. */
  content: unknown
  events: number
  /** Only of a saved state, ISO 8601. */
  savedAt?: string
  /** Whether the user ids are pseudonyms. */
  masked: boolean
}

/** Reads the text of a file. @throws Error that says why it is no case */
export function readCaseFile(name: string, text: string): CaseFile {
  const whole = parseJson(text)
  if (isObject(whole) && Array.isArray(whole.calls)) {
    const { savedAt, masked, calls } = whole as { savedAt?: string; masked?: boolean; calls: unknown[] }
    return { name, content: whole, events: calls.length, savedAt, masked: masked === true }
  }
  const calls = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseJson)
  if (calls.length > 0 && calls.every((call) => isObject(call) && typeof call.type === 'string'))
    return { name, content: calls, events: calls.length, masked: false }
  throw new Error(
    `${name} is no case. Use a file from "Share this case", a saved state, or Segment calls in JSON Lines.`
  )
}
