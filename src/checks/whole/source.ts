import { isObject } from '../../core'
import type { EventObservation } from '../observation'
import { readText } from '../properties'

/** Where a Segment call comes from. A part that the call does not name is empty. */
export type Source = {
  /** Segment's id of the source, or its write key. */
  source: string
  /** The operating system, such as `iOS`. */
  platform: string
  /** The version of the app. */
  version: string
  /** The name of the library, such as `analytics.js`. */
  sdk: string
}

/** The operating systems that a user agent names. The first match counts, because iPhones name macOS as well. */
const PLATFORMS: [RegExp, string][] = [
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux']
]

/** Returns where a Segment call comes from. */
export function sourceOf(event: EventObservation['event']): Source {
  const { projectId, writeKey } = event as { projectId?: unknown; writeKey?: unknown }
  const { library, app, os, userAgent } = toObject(event.context)
  const sdk = readText(toObject(library).name) ?? ''
  return {
    source: readText(projectId) ?? readText(writeKey) ?? '',
    platform: readText(toObject(os).name) ?? findPlatform(userAgent),
    version: readText(toObject(app).version) ?? '',
    sdk
  }
}

function findPlatform(userAgent: unknown): string {
  const text = readText(userAgent) ?? ''
  return PLATFORMS.find(([pattern]) => pattern.test(text))?.[1] ?? ''
}

function toObject(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {}
}
