/**
 * Measures the destination over loopback HTTP and prints one table: `npm run bench`. It exits with an error only when
 * something does not work; a ratio that misses its target is for a person to judge, on a machine that does nothing else.
 */
import { measureAttribution } from './attribution'
import { measureChecks } from './checks'
import { measureFlatness } from './flatness'
import { measureOwnShare } from './own-share'
import { measureRequests } from './requests'
import { table } from './table'
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
  console.log(table(rows))
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
