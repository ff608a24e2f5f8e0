import { commandLine } from '../../core'
import { partName } from '../read/part-folder'
import type { PartManifest } from './manifest'
import { MAX_SHARED } from './persons'

/** Says what the parts have, and what to do with them. */
export function describeSplit(manifests: readonly PartManifest[], out: string): string {
  const rows = manifests.map(({ part, of, events, bytes }) => {
    return `  ${partName(part, of)}  ${toText(events)} events, ${toText(Math.ceil(bytes / 1024 / 1024))} MB`
  })
  const [{ of, hubs }] = manifests
  const limit = describeHubs(hubs)
  const example = commandLine('preflight', `${out.replace(/\/+$/, '')}/${partName(1, of)} --json > 1.json`)
  const merge = commandLine('preflight', `--merge ${of === 1 ? '1.json' : `1.json ... ${of}.json`}`)
  return [
    `${of === 1 ? '1 part' : `${of} parts`} in ${out}:`,
    ...rows,
    ...(limit === undefined ? [] : ['', limit]),
    '',
    'Read each of them, and merge the reports:',
    `  ${example}`,
    `  ${merge}`
  ].join('\n')
}

const NAMES = {
  users: ['user id', 'user ids'],
  messageIds: ['message id', 'message ids'],
  bids: ['bid', 'bids'],
  orders: ['order id', 'order ids']
} as const

/** Says what is counted in each part only, because too many persons share it. Returns nothing if nothing is. */
export function describeHubs(hubs: PartManifest['hubs']): string | undefined {
  const kinds = Object.keys(NAMES) as (keyof typeof NAMES)[]
  const shared = kinds.filter((kind) => hubs[kind] > 0)
  if (shared.length === 0) return undefined
  const counts = shared.map((kind) => `${toText(hubs[kind])} ${NAMES[kind][hubs[kind] === 1 ? 0 : 1]}`)
  return `More than ${toText(MAX_SHARED)} persons share ${counts.join(', ')}. Such a constant does not keep its events in one part, so what depends on it is counted in each part on its own: repeats, the findings about it, and credit.`
}

function toText(count: number): string {
  return count.toLocaleString('en')
}
