/** @jsxRuntime automatic @jsxImportSource preact */
// The root tsconfig.json leaves the page out, and preflight runs this file under it.
import type { ComponentChildren } from 'preact'
import type { Sample } from '../../checks'
import type { Column } from './Table'

type Key = keyof Sample

/** The values of samples, in the order of their columns. `day` and `since` are never in one finding. */
const TITLES: readonly [key: Key, title: string][] = [
  ['measure', 'What'],
  ['mapping', 'Mapping'],
  ['trigger', 'Trigger'],
  ['spelling', 'Write'],
  ['field', 'Field'],
  ['found', 'Value is in'],
  ['name', 'Name'],
  ['looksLike', 'Looks like'],
  ['day', 'Since'],
  ['since', 'Since'],
  ['before', 'Before'],
  ['after', 'After'],
  ['source', 'Source'],
  ['platform', 'Platform'],
  ['version', 'Version'],
  ['messageId', 'Message id'],
  ['otherMessageId', 'And'],
  ['user', 'User'],
  ['otherUser', 'Also seen as'],
  ['product', 'Product'],
  ['order', 'Order'],
  ['bid', 'Bid']
]

/**
 * Returns the columns for which at least one sample of a finding has a value.
 *
 * @param cell shows a value, which is not empty
 *
 * @example
 * const columns = sampleColumns(finding.samples, (text) => <span class="code">{text}</span>)
 */
export function sampleColumns<Row extends Sample>(
  samples: readonly Row[],
  cell: (text: string, key: Key) => ComponentChildren
): Column<Row>[] {
  return TITLES.filter(([key]) => samples.some((sample) => textOf(sample, key) !== '')).map(([key, title]) => ({
    title,
    cell: (sample) => textOf(sample, key) && cell(textOf(sample, key), key)
  }))
}

/** Shares have few digits. */
function textOf(sample: Sample, key: Key): string {
  const value = sample[key] ?? ''
  return typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: 3 }) : value
}
