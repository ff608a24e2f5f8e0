import type { AuctionScript, Fault, FaultsLeft } from '../../workbench/api'
import { formatCount, formatTime } from '../format'

/** How long a step applies. */
export type Limit = Pick<Fault, 'times' | 'until'>

/** What a fault fails: requests that report events, or auctions. */
export type FaultTarget = keyof typeof faultScripts

/** A fault that a button causes. Its text describes what happens. */
export type FaultScript<Step = Partial<Fault & AuctionScript>> = { title: string; text: string; step: Step }

/** The faults of requests that report events, and of auctions. */
export const faultScripts = {
  events: [
    {
      title: 'Rate limit',
      text: 'Topsort answers 429. Segment tries the events again later, and nothing is lost.',
      step: { status: 429 }
    },
    {
      title: 'Outage',
      text: 'Topsort answers 503. Segment tries the events again for about four hours.',
      step: { status: 503 }
    },
    {
      title: 'Slow',
      text: 'Each answer takes three seconds. The events arrive late, and once.',
      step: { status: 204, delay: 3_000 }
    },
    {
      title: 'Lost answer',
      text: 'Topsort stores the events, and the connection breaks before the answer. They are sent again with the same ids, and count once.',
      step: { status: 204, cut: 'after' }
    },
    {
      title: 'Broken connection',
      text: 'The connection breaks before Topsort has read the request. The events are sent again.',
      step: { status: 204, cut: 'before' }
    },
    {
      title: 'Refused events',
      text: 'Topsort answers 400. The request is split until the refused events stand alone, and they fail for good.',
      step: { status: 400 }
    },
    {
      title: 'Bad key',
      text: 'Topsort answers 401. All events of the request fail, and the message says what to do about the key.',
      step: { status: 401 }
    }
  ] satisfies FaultScript<Omit<Fault, keyof Limit>>[],
  auctions: [
    {
      title: 'No winners',
      text: 'Nobody wins. The shop has to show its page without ads.',
      step: { winners: [] }
    },
    {
      title: 'Failed auction',
      text: 'The result of the auction is marked as an error, and has no winners.',
      step: { error: true }
    },
    {
      title: 'Auctions down',
      text: 'The request for auctions is answered with 503.',
      step: { status: 503 }
    },
    {
      title: 'Slow auctions',
      text: 'Each auction takes three seconds. Does the page wait for it?',
      step: { delay: 3_000 }
    }
  ] satisfies FaultScript<Omit<AuctionScript, keyof Limit>>[]
}

/** Says how long a step applies: `3`, `until 14:05:09`, `until you end it`. */
export function describeLimit({ times, until }: Limit): string {
  if (times !== undefined) return formatCount(times)
  return until === undefined || until === 'ended' ? 'until you end it' : `until ${formatTime(until, 'seconds')}`
}

/** Describes a step, for the list of scripts that are not used up. */
export function describeStep(step: Partial<Fault & AuctionScript>): string {
  const parts = [
    step.error && 'marked as failed',
    step.winners && (step.winners.length === 0 ? 'nobody wins' : `${step.winners.map(({ id }) => id).join(', ')} win`),
    step.status !== undefined &&
      step.status >= 400 &&
      `answered with ${step.status}${step.errCode === undefined ? '' : ` ${step.errCode}`}`,
    step.delay !== undefined && `after ${step.delay / 1_000} s`,
    step.cut && CUTS[step.cut]
  ]
  return parts.filter(Boolean).join(', ')
}

/** Describes what fails next, in a sentence or two. Empty if nothing does. */
export function describeFaults({ events, auctions }: FaultsLeft): string {
  return [describeNext('request', 'requests', events), describeNext('auction', 'auctions', auctions)]
    .filter(Boolean)
    .join(' ')
}

function describeNext(noun: string, nouns: string, steps: Partial<Fault & AuctionScript>[]): string {
  if (steps.length === 0) return ''
  const [next, ...others] = steps
  const limit = describeLimit(next)
  const several = next.times === undefined ? `Every ${noun} ${limit}` : `The next ${limit} ${nouns}`
  const which = next.times === 1 ? `The next ${noun}` : several
  const then = others.length === 0 ? '' : `, then ${others.map(describeStep).join(', then ')}`
  return `${which}: ${describeStep(next)}${then}.`
}

const CUTS = {
  before: 'the connection breaks before the request is read',
  during: 'the connection breaks in the middle of the answer',
  after: 'the connection breaks before the answer'
}
