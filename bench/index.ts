/**
 * Measures the destination, the workbench, the checks and the attribution, and prints one table: `npm run bench`. It
 * fails only if something does not work. A person has to compare the ratios with their targets, on a machine that does
 * nothing else.
 *
 * `npm run bench -- throughput own-share` runs only these measurements. Each has the name of its file.
 */
import { measureAttribution } from './attribution'
import { measureChecks } from './checks'
import { measureFlatness } from './flatness'
import { measureOwnShare } from './own-share'
import { measureRequests } from './requests'
import { type Row, toTable } from './table'
import { measureThroughput } from './throughput'
import { measureWorkbench } from './workbench-throughput'

const measurements = new Map<string, () => Promise<Row | Row[]>>([
  ['requests', measureRequests],
  ['throughput', measureThroughput],
  ['own-share', measureOwnShare],
  ['workbench-throughput', measureWorkbench],
  ['attribution', measureAttribution],
  ['checks', measureChecks],
  ['flatness', measureFlatness]
])

async function main(names: string[]): Promise<void> {
  const chosen = names.length > 0 ? names.map(findMeasurement) : measurements.values()
  const rows: Row[] = []
  for (const measure of chosen) rows.push(...[await measure()].flat())
  console.log(toTable(rows))
}

function findMeasurement(name: string): () => Promise<Row | Row[]> {
  const measure = measurements.get(name)
  if (!measure) throw new Error(`Unknown measurement: ${name}. Use ${[...measurements.keys()].join(', ')}.`)
  return measure
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
