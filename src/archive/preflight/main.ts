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
  const { reportFile, casesFolder } = args
  const color = process.stdout.isTTY && process.stdout.hasColors()
  await print(args.isJson ? JSON.stringify(report, null, 2) : summarize(report, { color, reportFile, casesFolder }))
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
  if (args.baselineFile === undefined) return readWithoutBaseline(args)
  const { readBaseline } = await import('./read-baseline')
  const { compareReports } = await import('./compare-reports')
  const baseline = await readBaseline(args.baselineFile)
  const report = await readWithoutBaseline(args)
  return { ...report, changesSince: compareReports(report, baseline) }
}

async function readWithoutBaseline(args: Arguments): Promise<Report> {
  if (args.isMerge) return (await import('./read-reports')).readReports(args.inputs)
  return (await import('./run-preflight')).runPreflight(args)
}

async function writeReports(report: Report, args: Arguments): Promise<void> {
  const { reportFile, junitFile, casesFolder } = args
  if (casesFolder !== undefined) {
    const { writeCases } = await import('./cases')
    await writeCases(report.findings, casesFolder, args)
  }
  if (reportFile !== undefined) {
    const { renderReport } = await import('./html/render-report')
    await writeText('--report', reportFile, renderReport(report))
  }
  if (junitFile !== undefined) {
    const { writeJunit } = await import('./junit')
    await writeText('--junit', junitFile, writeJunit(report))
  }
}

/** Returns 1 if money or data is lost. With a baseline, only what is new or worse counts. */
function exitCodeOf(report: Report): number {
  const isLoss = report.changesSince ? hasNewLoss(report) : report.verdict.points.some((point) => point.isLoss)
  return isLoss ? 1 : 0
}
