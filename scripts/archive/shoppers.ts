import { createRandom } from './random'
import type { Random } from './random'

/** How a call reaches Segment. Each channel is a source. */
export type Channel = 'web' | 'ios' | 'android' | 'server'

/** A person who visits the shop, always from the same device. */
export type Shopper = {
  anonymousId: string
  /** Absent for visitors who never log in. */
  userId?: string
  channel: Exclude<Channel, 'server'>
  /** The `context` of the device's calls. */
  context: Readonly<Record<string, unknown>>
  /** How far the clock of the device is ahead, in milliseconds. */
  skew: number
}

const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0'
]

const LOCALES = ['en-US', 'es-CL', 'pt-BR', 'de-DE', 'fr-FR']

/** Creates a shopper. The same number and seed give the same shopper, so no shopper is kept in memory. */
export function createShopper(number: number, seed: number): Shopper {
  const random = createRandom(seed * 1_000_003 + number)
  const anonymousId = random.uuid()
  const channel = random.chance(0.6) ? 'web' : random.chance(0.5) ? 'ios' : 'android'
  const locale = random.pick(LOCALES)
  return {
    anonymousId,
    ...(random.chance(0.5) && { userId: `u_${number}` }),
    channel,
    skew: random.chance(0.1) ? random.integer(-90_000, 90_000) : random.integer(-900, 900),
    context: {
      ...contexts[channel](random.pick(BROWSERS), random.uuid()),
      locale,
      ip: addressOf(number, random),
      timezone: 'UTC'
    }
  }
}

/** Most people have an address of their own. Those in the network of a carrier share a few. */
function addressOf(number: number, random: Random): string {
  if (random.chance(0.15)) return `203.0.113.${number % 256}`
  return `198.${18 + ((number >> 16) & 1)}.${(number >> 8) & 255}.${number & 255}`
}

const contexts: Record<Shopper['channel'], (userAgent: string, deviceId: string) => Record<string, unknown>> = {
  web: (userAgent) => ({ library: { name: 'analytics.js', version: 'npm:next-1.84.3' }, userAgent }),
  ios: (_, id) => ({
    library: { name: 'analytics-swift', version: '1.7.3' },
    app: { name: 'Shop', version: '5.2.1', build: '412', namespace: 'example.shop' },
    device: { id, manufacturer: 'Apple', model: 'iPhone15,2', name: 'iPhone', type: 'ios' },
    os: { name: 'iOS', version: '18.3.1' },
    network: { cellular: false, wifi: true },
    screen: { width: 393, height: 852 }
  }),
  android: (_, id) => ({
    library: { name: 'analytics-kotlin', version: '1.19.2' },
    app: { name: 'Shop', version: '5.2.1', build: '412', namespace: 'example.shop' },
    device: { id, manufacturer: 'Google', model: 'Pixel 7', name: 'panther', type: 'android' },
    os: { name: 'Android', version: '15' },
    network: { cellular: true, wifi: false },
    screen: { width: 1080, height: 2205, density: 2.625 },
    userAgent: 'Dalvik/2.1.0 (Linux; U; Android 15; Pixel 7 Build/AP4A.250205.002)'
  })
}

/** The `context` of calls from a server. */
export const SERVER_CONTEXT = { library: { name: '@segment/analytics-node', version: '3.1.0' } }
