import { toText } from './text'

/** Televisions run Android or Linux, and Topsort has no device type for them. */
const TELEVISION = /\b(tv|smart-?tv|apple ?tv|google ?tv|hbbtv|tvos|web0s|roku|crkey)\b/i
const MOBILE = /\bios\b|\b(android|iphone|ipad|ipod|mobi|phone|smartphone|tablet(?! pc))/i
const DESKTOP = /\b(desktop|macos|mac os|macintosh|windows|linux|x11|cros)\b/i

/** Returns the device type of a name (`ios`, `tablet`, `macos`) or of a browser's user agent. */
export function toDeviceType(value: unknown): 'desktop' | 'mobile' | undefined {
  const name = toText(value)
  if (name === undefined || TELEVISION.test(name)) return undefined
  if (MOBILE.test(name)) return 'mobile'
  return DESKTOP.test(name) ? 'desktop' : undefined
}
