import { HOUR } from '../../src/core'

/**
 * What can break in a shop for good, unlike the mistakes, which happen now and then. Each text says what happens. Those of a
 * release happen from the break day on, the others always.
 */
export const BREAKS = {
  'broken-release': 'from the break day on, the version 7.2 of the ios app loses the bids of lists',
  'failing-mapping': 'orders of the web shop have the price of a line in unit_price',
  'unmapped-names': 'orders from the server are called Completed Order',
  'other-ids': 'order lines have the id of a variant: that of the product, a dash and a number',
  'resetting-ids': 'the checkout of the web shop is on another domain, where visitors get a new anonymous id',
  'guest-ids': 'orders from the server have the anonymous id guest',
  'server-clock': 'the clock of the server is 2 hours late',
  'click-robot': 'a program clicks on an ad every 40 seconds, for hours each night'
} as const

/** The name of something that can break. */
export type BreakName = keyof typeof BREAKS

/** The version of the ios app with the broken release. */
export const BROKEN_VERSION = '7.2'

/** Returns whether something with this name can break. */
export function isBreakName(text: string): text is BreakName {
  return Object.hasOwn(BREAKS, text)
}

/** What has broken, and when. */
export type Broken = {
  names: readonly BreakName[]
  /** When the broken release is there, in milliseconds since 1970. */
  from: number
}

/** How late the clock of the server is. Milliseconds. */
export const SERVER_LAG = 2 * HOUR

/** Returns whether the app of a visit is the broken release. */
export function isBrokenRelease({ names, from }: Broken, channel: string, start: number): boolean {
  return names.includes('broken-release') && channel === 'ios' && start >= from
}
