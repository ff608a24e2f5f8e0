import { isObject } from '../core'
import type { EventObservation } from './observation'
import { readText } from './properties'

/** Where a Segment call comes from. A part that the call does not name is empty text. */
export type CallSource = {
  /** Segment's id of the source, or its write key. */
  source: string
  /** `ios`, `android` or another operating system of an app, otherwise `web` or `server`. */
  platform: string
  /** The version of the app. In a browser, where there is none, the host of the page. */
  version: string
  /** The SDK and its version, such as `analytics-swift 1.7.3`. */
  sdk: string
}

/** The longest part that is kept, in characters. */
const MAX_LENGTH = 60

/** The libraries that run in a browser. */
const BROWSER_LIBRARY = /analytics\.js|analytics-next|^ajs/i

/** A shop has few sources. Calls of one source share an object, so that it can be a key. */
const known = new Map<string, CallSource>()

const MAX_KNOWN = 1_000

/**
 * Returns where a call comes from: its source by `projectId` or `writeKey`, and the rest by its `context`. Most calls of one
 * source get the same object. It must not be changed.
 *
 * @example
 * sourceOf(observation.event) // {source: 'project-ios', platform: 'ios', version: '7.2', sdk: 'analytics-swift 1.7.3'}
 */
export function sourceOf(event: EventObservation['event']): CallSource {
  const context = partOf(event.context)
  const library = partOf(context.library)
  const version = textOf(partOf(context.app).version) || hostOf(partOf(context.page).url)
  const source = textOf(event.projectId) || textOf(event.writeKey)
  const name = textOf(library.name)
  const platform = platformOf(context, name, version)
  const libraryVersion = textOf(library.version)
  const sdk = name && libraryVersion ? `${name} ${libraryVersion}` : name || libraryVersion
  const key = `${source}\n${platform}\n${version}\n${sdk}`
  const same = known.get(key)
  if (same) return same
  const found = { source, platform, version, sdk }
  if (known.size < MAX_KNOWN) known.set(key, found)
  return found
}

/** Returns the name of the SDK without its version, such as `analytics-swift`. Empty if the call names none. */
export function libraryOf({ context }: EventObservation['event']): string {
  return textOf(partOf(partOf(context).library).name)
}

/** An SDK of an app names the operating system. Others name only the browser's user agent, and servers name neither. */
function platformOf(context: Record<string, unknown>, library: string, version: string): string {
  if (BROWSER_LIBRARY.test(library)) return 'web'
  const system = textOf(partOf(context.os).name)
  if (system !== '' && (version !== '' || isObject(context.device))) return system.toLowerCase()
  return textOf(context.userAgent) === '' ? 'server' : 'web'
}

/** Returns the host of an address: `www.shop.example`. Reading it as an address takes several times as long. */
function hostOf(url: unknown): string {
  return typeof url === 'string' ? (HOST.exec(url)?.[1] ?? '').slice(0, MAX_LENGTH) : ''
}

const HOST = /^https?:\/\/([^/?#:]+)/

const NOTHING: Record<string, unknown> = {}

function partOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : NOTHING
}

function textOf(value: unknown): string {
  return (readText(value) ?? '').slice(0, MAX_LENGTH)
}

/**
 * Returns what stays the same while the ids of a visitor change: the id of the device, otherwise the address and the
 * browser. Undefined if the call names neither, as from a server.
 */
export function readDevice({ context }: EventObservation['event']): string | undefined {
  if (!isObject(context)) return undefined
  const id = isObject(context.device) ? readText(context.device.id) : undefined
  if (id !== undefined) return id
  const ip = readText(context.ip)
  const userAgent = readText(context.userAgent)
  return ip !== undefined && userAgent !== undefined ? `${ip}\n${userAgent}` : undefined
}
