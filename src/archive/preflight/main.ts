/** The command `preflight`, which says what an archive would become at Topsort: `npm run preflight -- PATH...`. */
import type { SplitArguments } from '../split/run-split'
import { print, runCommand, writeText } from '../command'
import { type Arguments, readArguments, USAGE } from './arguments'
import type { Report } from './report'
import { summarize } from './summary'
import { hasNewLoss } from './words'

/** Runs preflight. Returns the exit code. */
export function preflightCommand(args: string[]): Promise<number> {
  return runPreflightCommand(() => readArguments(args))
}

/** Runs preflight with arguments that may be invalid. Returns the exit code. */
export function runPreflightCommand(read: () => Arguments | 'help'): Promise<number> {
  return runCommand('preflight', () => preflight(read))
}

async function preflight(read: () => Arguments | 'help'): Promise<number> {
  const args = read()
  if (args === 'help') {
    console.log(USAGE)
    return 0
  }
  if (args.split) {
    await print(await split({ ...args, ...args.split }))
    return 0
  }
  const report = await readReport(args)
  await writeReports(report, args)
  const color = process.stdout.isTTY && process.stdout.hasColors()
  const summary = (): string => summarize(report, { color, reportFile: args.report, casesFolder: args.cases })
  await print(args.json ? JSON.stringify(report, null, 2) : summary())
  return exitCodeOf(report)
}

/** Each of these loads only its own code. The destination takes as long as a small archive. */
async function split(args: SplitArguments): Promise<string> {
  const { runSplit } = await import('../split/run-split')
  const { describeSplit } = await import('../split/words')
  return describeSplit(await runSplit(args), args.out)
}

/** A baseline that cannot be compared is named before the archive is read, which may take hours. */
async function readReport(args: Arguments): Promise<Report> {
  if (args.baseline === undefined) return readWithoutBaseline(args)
  const { readBaseline } = await import('./read-baseline')
  const { compareReports } = await import('./compare-reports')
  const baseline = await readBaseline(args.baseline)
  const report = await readWithoutBaseline(args)
  return { ...report, changesSince: compareReports(report, baseline) }
}

async function readWithoutBaseline(args: Arguments): Promise<Report> {
  if (args.merge) return (await import('./read-reports')).readReports(args.inputs)
  return (await import('./run-preflight')).runPreflight(args)
}

async function writeReports(report: Report, args: Arguments): Promise<void> {
  if (args.cases !== undefined) {
    const { writeCases } = await import('./cases')
    await writeCases(report.findings, args.cases, args)
  }
  if (args.report !== undefined) {
    const { renderReport } = await import('./html/render-report')
    await writeText('--report', args.report, renderReport(report))
  }
  if (args.junit !== undefined) {
    const { writeJunit } = await import('./junit')
    await writeText('--junit', args.junit, writeJunit(report))
  }
}

/** Returns 1 if money or data is lost. With a baseline, only what is new or worse counts. */
function exitCodeOf(report: Report): number {
  const isLoss = report.changesSince ? hasNewLoss(report) : report.verdict.points.some((point) => point.isLoss)
  return isLoss ? 1 : 0
}
