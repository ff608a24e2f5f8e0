/**
 * Measures the destination, the workbench, the checks and the attribution, and prints one table: `npm run bench`. It
 * fails only if something does not work. A person has to compare the ratios with their targets, on a machine that does
 * nothing else.
 */
import { measureAttribution } from './attribution'
import { measureChecks } from './checks'
import { measureFlatness } from './flatness'
import { measureOwnShare } from './own-share'
import { measureRequests } from './requests'
import { toTable } from './table'
import { measureBatches, measureOneByOne } from './throughput'
import { measureWorkbench } from './workbench-throughput'

async function main(): Promise<void> {
  const rows = [
    await measureRequests(),
    await measureOneByOne(),
    await measureBatches(0, 'at least 10'),
    await measureBatches(20, 'at least 40'),
    await measureOwnShare(),
    await measureWorkbench(),
    await measureAttribution(),
    ...(await measureChecks()),
    ...(await measureFlatness())
  ]
  console.log(toTable(rows))
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
