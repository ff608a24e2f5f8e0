import { isObject, type JsonObject } from '../../core/json'

/** Reads an object from text. Returns undefined for text that is not JSON, or no object. */
export function readJson(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
