import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseAllDocuments } from 'yaml'
import { generateArchive } from '../../scripts/archive/generate'
import { type Arguments, readArguments } from '../../src/archive/preflight/arguments'
import { type Command, readCommand } from '../../src/archive/replay/arguments'
import { DAY } from '../../src/core'

const ROOT = path.join(__dirname, '../..')
const JOBS = path.join(ROOT, 'examples/jobs')

/** The arguments of Node that start the program. */
const PROGRAM = ['--import', 'tsx', path.join(ROOT, 'src/cli/main.ts')]

const folder = mkdtempSync(path.join(tmpdir(), 'jobs-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Writes a script, and returns its path. */
function writeScript(name: string, text: string): string {
  const file = path.join(folder, name)
  writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  return file
}

function run(command: string, args: readonly string[], env: Record<string, string>) {
  const { stdout, stderr, status } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', ...env }
  })
  return { out: stdout, err: stderr, status }
}

describe('GNU parallel', () => {
  it('reads an archive in parts, whose merged report is that of one run', async () => {
    const found = spawnSync('parallel', ['--version']).status
    if (found !== 0) throw new Error('GNU parallel is missing. Install it: apt-get install parallel')
    const archive = path.join(folder, 'archive')
    await generateArchive({
      out: archive,
      events: 3_000,
      users: 200,
      products: 200,
      days: 4,
      mistakes: { 'stale-bid': 0.1 }
    })
    const logs = path.join(archive, 'segment-logs')
    const results = path.join(folder, 'results')
    const env = {
      ARCHIVE: logs,
      PARTS: path.join(folder, 'parts'),
      OF: '3',
      RESULTS: results,
      PROGRAM: [process.execPath, ...PROGRAM].join(' '),
      HOME: folder
    }
    expect(run(path.join(JOBS, 'parallel.sh'), ['preflight'], env)).toMatchObject({ status: 0 })

    const whole = run(process.execPath, [...PROGRAM, 'preflight', logs, '--json'], {})
    const withoutPlaces = (text: string): unknown =>
      JSON.parse(text, (key, value: unknown) => (['place', 'sketches'].includes(key) ? undefined : value))
    const merged = withoutPlaces(readFileSync(path.join(results, 'report.json'), 'utf8'))
    expect(merged).toEqual(withoutPlaces(whole.out))
    expect(merged).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ code: 'stale-bid' })]) as unknown
    })
  }, 120_000)
})

type Container = { name: string; command: string[] }
type Document = {
  kind: string
  metadata: { name: string }
  data?: Record<string, string>
  spec: {
    completions?: number
    parallelism?: number
    completionMode?: string
    podFailurePolicy?: { rules: { action: string; onExitCodes: { containerName: string; values: number[] } }[] }
    template: { spec: { restartPolicy: string; containers: Container[] } }
  }
}

/** Reads a file of Kubernetes. @throws Error if it is not valid YAML */
function readDocuments(name: string): Document[] {
  const text = readFileSync(path.join(JOBS, 'kubernetes', name), 'utf8')
  const documents = parseAllDocuments(text, { strict: true })
  expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([])
  return documents.map((document) => document.toJS() as Document)
}

describe('The Kubernetes jobs', () => {
  const settings = readDocuments('settings.yaml').find(({ kind }) => kind === 'ConfigMap')!.data!
  const [replay] = readDocuments('replay.yaml')
  const reading = readDocuments('preflight.yaml')

  /** Runs the container of a job with a program that prints its arguments, one in a line, and exits with this code. */
  function runContainer(job: Document, index: number, code = 0) {
    const [{ command }] = job.spec.template.spec.containers
    const [file, ...args] = command.map((part) => part.replaceAll('/app/', `${ROOT}/`))
    const results = path.join(folder, 'kubernetes')
    const { out, status } = run(file, args, {
      ...settings,
      RESULTS: results,
      JOB_COMPLETION_INDEX: String(index),
      PROGRAM: writeScript('program', `printf '%s\\n' "$@"\nexit ${code}`)
    })
    return { args: out.trimEnd().split('\n'), status, results }
  }

  it('replay each part with its own journal, and share one rate', () => {
    const { completions = 0, parallelism = 0 } = replay.spec
    expect(replay.spec).toMatchObject({ completionMode: 'Indexed', template: { spec: { restartPolicy: 'Never' } } })
    const commands = Array.from({ length: completions }, (_, index) => {
      const { args } = runContainer(replay, index)
      expect(args[0]).toBe('replay')
      return readCommand(args.slice(1), { TOPSORT_API_KEY: 'TSE_secret' }) as Extract<Command, { kind: 'replay' }>
    })

    expect(commands.map(({ inputs }) => inputs)).toEqual(
      commands.map((_, index) => [`s3://my-bucket/parts/${index + 1}-of-${settings.OF}`])
    )
    expect(String(completions)).toBe(settings.OF)
    expect(new Set(commands.map(({ journal }) => journal)).size).toBe(completions)
    expect(new Set(commands.map(({ rejected }) => rejected)).size).toBe(completions)
    expect(String(parallelism)).toBe(settings.AT_ONCE)
    for (const command of commands) {
      expect(command).toMatchObject({ target: { kind: 'topsort' }, yes: true, resume: true })
      expect(command.rate * parallelism).toBe(Number(settings.RATE))
    }
  })

  it.each([
    [0, 0],
    [1, 0],
    [2, 2],
    [3, 3]
  ])('end a replay whose exit code is %d with %d', (code, status) => {
    expect(runContainer(replay, 0, code).status).toBe(status)
  })

  it('do not try a replay again if the options are invalid', () => {
    const [{ name }] = replay.spec.template.spec.containers
    expect(replay.spec.podFailurePolicy?.rules).toEqual([
      { action: 'FailJob', onExitCodes: { containerName: name, operator: 'In', values: [2] } }
    ])
  })

  it('split, read each part, and merge the reports', () => {
    const [split, preflight, merge] = reading
    expect(runContainer(split, 0).args).toEqual([
      'preflight',
      settings.ARCHIVE,
      '--split',
      settings.OF,
      '--out',
      settings.PARTS
    ])
    expect(String(preflight.spec.completions)).toBe(settings.OF)
    const { results } = runContainer(preflight, 2, 1)
    expect(readFileSync(path.join(results, '3.json'), 'utf8')).toBe('preflight\ns3://my-bucket/parts/3-of-10\n--json\n')
    expect(runContainer(merge, 0, 1).status).toBe(0)
    const reports = Array.from({ length: 10 }, (_, index) => path.join(results, `${index + 1}.json`))
    expect(readFileSync(path.join(results, 'report.json'), 'utf8').split('\n')).toEqual([
      'preflight',
      '--merge',
      ...reports,
      '--report',
      path.join(results, 'report.html'),
      '--json',
      ''
    ])
  })

  it('leave no report of a part that failed', () => {
    const { status, results } = runContainer(reading[1], 8, 2)
    expect(status).toBe(2)
    expect(() => readFileSync(path.join(results, '9.json'))).toThrow('ENOENT')
  })
})

describe('The nightly CronJob', () => {
  type Nightly = { kind: string; spec: { schedule: string; jobTemplate: { spec: Document['spec'] } } }
  const [nightly] = parseAllDocuments(readFileSync(path.join(ROOT, 'examples/nightly.yaml'), 'utf8'), {
    strict: true
  }).map((document) => {
    expect([...document.errors, ...document.warnings]).toEqual([])
    return document.toJS() as Nightly
  })

  /** Runs the container with a program that logs its arguments. Each run ends with the next of these codes. */
  function runNight(...codes: number[]) {
    const log = path.join(folder, 'nightly.log')
    rmSync(log, { force: true })
    const program = `echo "$@" >>'${log}'\nset -- ${codes.join(' ')}\n[ "$(wc -l <'${log}')" -eq 1 ] || shift\nexit "$1"`
    const [{ command }] = nightly.spec.jobTemplate.spec.template.spec.containers
    const { status } = run(command[0], command.slice(1), {
      ARCHIVE: 's3://my-bucket/segment-logs',
      RESULTS: path.join(folder, 'nights'),
      PROGRAM: writeScript('nightly', program)
    })
    return { status, runs: readFileSync(log, 'utf8').trimEnd().split('\n') }
  }

  it('compares the day before with the week before it', () => {
    const { runs } = runNight(0, 0)
    const [week, day] = runs.map((line) => readPreflight(line.split(' ')))
    expect([week.selection.to! - week.selection.from!, day.selection.to! - day.selection.from!]).toEqual([7 * DAY, DAY])
    expect(day.selection.from).toBe(week.selection.to)
    expect(week.json).toBe(true)
    expect(readFileSync(day.baseline!, 'utf8')).toBe('')
    expect([day.report, day.junit].map((file) => path.dirname(file!))).toEqual(
      Array(2).fill(path.dirname(day.baseline!))
    )
  })

  it.each([
    [[0, 0], 0],
    [[1, 0], 0],
    [[0, 1], 1],
    [[1, 2], 2]
  ])('has failed only if the comparison has: exit codes %j end with %d', (codes, status) => {
    expect(runNight(...codes).status).toBe(status)
  })

  it('makes no comparison if the week cannot be read', () => {
    const { status, runs } = runNight(2, 0)
    expect(status).not.toBe(0)
    expect(runs).toHaveLength(1)
  })
})

/** Parses a command line of preflight. @throws Error if it asks for help */
function readPreflight(args: string[]): Arguments {
  const parsed = readArguments(args)
  if (parsed === 'help') throw new Error('Only help was asked for')
  return parsed
}

/** Runs a script with a command in the place of another, and returns the arguments of each call. */
function runWith(name: string, script: string, step: string): string[][] {
  const log = path.join(folder, `${name}.log`)
  rmSync(log, { force: true })
  writeScript(name, `printf '%s\\0' "$@" >>'${log}'; echo >>'${log}'; wc -l <'${log}'`)
  const { status, err } = run(path.join(JOBS, script), [step], {
    PATH: `${folder}:${process.env.PATH ?? ''}`,
    ARCHIVE: 's3://b/logs',
    PARTS: 's3://b/parts',
    OF: '3',
    RESULTS: path.join(folder, 'results'),
    OPTIONS: '--mappings m.json',
    QUEUE: 'queue',
    DEFINITION: 'definition'
  })
  expect({ status, err }).toEqual({ status: 0, err: '' })
  return readFileSync(log, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\0').slice(0, -1))
}

const after = (args: readonly string[], option: string): string => args[args.indexOf(option) + 1]

describe('The AWS Batch jobs', () => {
  it('wait for each other, and have the settings', () => {
    const calls = runWith('aws', 'aws-batch.sh', 'preflight')
    expect(calls.map((args) => after(args, '--job-name'))).toEqual(['split', 'preflight', 'merge'])
    expect(calls.map((args) => JSON.parse(after(args, '--depends-on')) as unknown)).toEqual([
      [],
      [{ jobId: '1' }],
      [{ jobId: '2' }]
    ])
    const overrides = calls.map(
      (args) => JSON.parse(after(args, '--container-overrides')) as { command: string[]; environment: object[] }
    )
    expect(overrides.map(({ command }) => command[2])).toEqual([
      'exec /app/examples/jobs/job.sh split',
      'exec /app/examples/jobs/job.sh preflight $((AWS_BATCH_JOB_ARRAY_INDEX + 1))',
      'exec /app/examples/jobs/job.sh merge'
    ])
    expect(overrides[0].environment).toContainEqual({ name: 'OPTIONS', value: '--mappings m.json' })
    expect(after(calls[1], '--array-properties')).toBe('size=3')
  })

  it('replay without a merge', () => {
    expect(runWith('aws', 'aws-batch.sh', 'replay').map((args) => after(args, '--job-name'))).toEqual([
      'split',
      'replay'
    ])
  })
})

describe('The Slurm jobs', () => {
  it('wait for each other, and one of them is an array', () => {
    const calls = runWith('sbatch', 'slurm.sh', 'preflight')
    const valueOf = (args: string[], option: string) =>
      args.find((arg) => arg.startsWith(`--${option}=`))?.split('=')[1]
    expect(
      calls.map((args) => [valueOf(args, 'job-name'), valueOf(args, 'array'), valueOf(args, 'dependency')])
    ).toEqual([
      ['split', undefined, undefined],
      ['preflight', '1-3', 'afterok:1'],
      ['merge', undefined, 'afterok:2']
    ])
  })
})
