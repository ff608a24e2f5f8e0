/** Writes the archive of an invented marketplace: `npm run archive -- --out DIR`. */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { BREAKS, type BreakName, isBreakName } from './archive/breaks'
import { DEFAULTS, generateArchive } from './archive/generate'
import type { ArchiveOptions } from './archive/generate'
import { isMistakeCode, MISTAKES } from './archive/mistakes'
import type { MistakeRates } from './archive/mistakes'

/** How often a mistake is made if the option has no share. */
const DEFAULT_SHARE = 0.02

const USAGE = `Usage: npm run archive -- --out DIR [options]

  --out DIR             the folder for segment-logs/ and truth.json
  --events N            default ${DEFAULTS.events}
  --users N             default ${DEFAULTS.users}
  --products N          default ${DEFAULTS.products}
  --days N              default ${DEFAULTS.days}
  --start DATE          the first day, default ${new Date(DEFAULTS.start).toISOString().slice(0, 10)}
  --seed N              the same seed gives the same archive, default ${DEFAULTS.seed}
  --lines-per-file N    default ${DEFAULTS.linesPerFile}
  --repeats SHARE       events that Segment received twice, default ${DEFAULTS.repeats}
  --excluded SHARE      visits whose integrations exclude Topsort, default ${DEFAULTS.excluded}
  --text-prices SHARE   order lines whose price is text, default ${DEFAULTS.textPrices}
  --broken-lines SHARE  lines that are followed by a broken one, default ${DEFAULTS.brokenLines}
  --growth FACTOR       events of the last day compared with the first one, default ${DEFAULTS.growth}
  --weekends FACTOR     events of a Saturday or Sunday compared with other days, default ${DEFAULTS.weekends}
  --campaign FACTOR     events of the three days of a campaign compared with other days, default ${DEFAULTS.campaign}
  --late-day N          the first day of the android app, counted from 1, default ${DEFAULTS.lateDay}
  --break-day N         the first day of a broken release, counted from 1, default after 70 % of the days
  --break NAME          what breaks for good. It can be repeated:
${Object.entries(BREAKS)
  .map(([name, text]) => `      ${name.padEnd(20)} ${text}`)
  .join('\n')}

A SHARE is from 0 to 1. These are the mistakes, and what their share is of:

  --mistake CODE=SHARE  can be repeated. Without a share: ${DEFAULT_SHARE}
${Object.entries(MISTAKES)
  .sort()
  .map(([code, share]) => `      ${code.padEnd(20)} ${share}`)
  .join('\n')}`

/** An invalid option. The message is shown with the usage. */
class UsageError extends Error {}

function readOptions(args: string[]): ArchiveOptions | 'help' {
  const values = parse(args)
  if (values.help) return 'help'
  if (values.out === undefined) throw new UsageError('--out is missing. Name the folder to write to.')
  return {
    out: path.resolve(process.env.INIT_CWD ?? '.', values.out),
    events: readCount('--events', values.events, DEFAULTS.events),
    users: readCount('--users', values.users, DEFAULTS.users),
    products: readCount('--products', values.products, DEFAULTS.products),
    days: readCount('--days', values.days, DEFAULTS.days),
    start: readDay(values.start),
    seed: readCount('--seed', values.seed, DEFAULTS.seed),
    linesPerFile: readCount('--lines-per-file', values['lines-per-file'], DEFAULTS.linesPerFile),
    repeats: readShare('--repeats', values.repeats, DEFAULTS.repeats),
    excluded: readShare('--excluded', values.excluded, DEFAULTS.excluded),
    textPrices: readShare('--text-prices', values['text-prices'], DEFAULTS.textPrices),
    brokenLines: readShare('--broken-lines', values['broken-lines'], DEFAULTS.brokenLines),
    growth: readFactor('--growth', values.growth, DEFAULTS.growth),
    weekends: readFactor('--weekends', values.weekends, DEFAULTS.weekends),
    campaign: readFactor('--campaign', values.campaign, DEFAULTS.campaign),
    lateDay: readCount('--late-day', values['late-day'], DEFAULTS.lateDay),
    ...(values['break-day'] !== undefined && { breakDay: readCount('--break-day', values['break-day'], 1) }),
    breaks: (values.break ?? []).map(readBreak),
    mistakes: readMistakes(values.mistake ?? [])
  }
}

function parse(args: string[]) {
  const text = { type: 'string' } as const
  const options = {
    out: text,
    events: text,
    users: text,
    products: text,
    days: text,
    start: text,
    seed: text,
    'lines-per-file': text,
    repeats: text,
    excluded: text,
    'text-prices': text,
    'broken-lines': text,
    growth: text,
    weekends: text,
    campaign: text,
    'late-day': text,
    'break-day': text,
    break: { type: 'string', multiple: true },
    mistake: { type: 'string', multiple: true },
    help: { type: 'boolean', short: 'h' }
  } as const
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

function readCount(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new UsageError(`${option} must be a whole number from 1: ${text}`)
  return Number(text)
}

function readShare(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const share = Number(text)
  if (!/^\d*\.?\d+$/.test(text) || share > 1) throw new UsageError(`${option} must be a share from 0 to 1: ${text}`)
  return share
}

function readFactor(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  if (!/^\d*\.?\d+$/.test(text) || Number(text) <= 0)
    throw new UsageError(`${option} must be a number above 0: ${text}`)
  return Number(text)
}

function readBreak(text: string): BreakName {
  if (!isBreakName(text)) throw new UsageError(`Nothing called "${text}" can break. The usage lists what can.`)
  return text
}

function readDay(text: string | undefined): number {
  if (text === undefined) return DEFAULTS.start
  const day = Date.parse(text)
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(day)) {
    throw new UsageError(`--start must be a day, such as 2025-01-31: ${text}`)
  }
  return day
}

function readMistakes(given: readonly string[]): MistakeRates {
  return Object.fromEntries(
    given.map((text) => {
      const [code, share] = text.split('=')
      if (!isMistakeCode(code)) throw new UsageError(`There is no mistake "${code}". The usage lists the mistakes.`)
      return [code, readShare(`--mistake ${code}`, share, DEFAULT_SHARE)]
    })
  )
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(USAGE)
    return
  }
  const started = performance.now()
  const truth = await generateArchive(options)
  const seconds = (performance.now() - started) / 1_000
  console.log(`${truth.events} events in ${seconds.toFixed(1)} s: ${path.join(options.out, 'segment-logs')}`)
  console.log(`The expected results: ${path.join(options.out, 'truth.json')}`)
}

main().catch((error: unknown) => {
  if (!(error instanceof UsageError)) throw error
  console.error(`${error.message}\n\n${USAGE}`)
  process.exitCode = 2
})
