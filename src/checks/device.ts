import { isObject } from '../core'
import type { EventObservation } from './observation'
import { readText } from './properties'

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
