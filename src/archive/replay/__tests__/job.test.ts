import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseAllDocuments } from 'yaml'
import { readCommand } from '../arguments'

type Container = { name: string; command: string[]; args: string[]; env: { name: string; value?: string }[] }
type Job = {
  kind: string
  spec: {
    completionMode: string
    completions: number
    podFailurePolicy: { rules: { action: string; onExitCodes: { containerName: string; values: number[] } }[] }
    template: { spec: { restartPolicy: string; containers: Container[] } }
  }
}

const FILE = path.join(__dirname, '../../../../examples/replay-job.yaml')
const documents = parseAllDocuments(readFileSync(FILE, 'utf8'), { strict: true })
const job = documents.map((document) => document.toJS() as Job).find(({ kind }) => kind === 'Job')!
const [container] = job.spec.template.spec.containers

const bin = mkdtempSync(path.join(tmpdir(), 'job-'))
afterAll(() => {
  rmSync(bin, { recursive: true })
})

/** Runs the container's script with an npm that writes its arguments, one in a line, and exits with this code. */
function runScript(index: number, code = 0): { args: string[]; status: number | null } {
  writeFileSync(path.join(bin, 'npm'), `#!/bin/sh\nprintf '%s\\n' "$@"\nexit ${code}\n`, { mode: 0o755 })
  const env = Object.fromEntries(container.env.map(({ name, value }) => [name, value ?? 'TSE_secret']))
  const script = container.args[0].replaceAll('/journals', bin)
  const { stdout, status } = spawnSync(container.command[0], [...container.command.slice(1), script], {
    env: { ...env, PATH: `${bin}:${process.env.PATH}`, JOB_COMPLETION_INDEX: String(index) },
    encoding: 'utf8'
  })
  return { args: stdout.trimEnd().split('\n'), status }
}

describe('The Kubernetes job', () => {
  it('The Kubernetes job is valid YAML', () => {
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([])
    expect(job.spec).toMatchObject({ completionMode: 'Indexed', template: { spec: { restartPolicy: 'Never' } } })
  })

  it('gives each worker its own shard and journal, with options of the command', () => {
    const commands = Array.from({ length: job.spec.completions }, (_, index) => {
      const { args } = runScript(index)
      expect(args.slice(0, 3)).toEqual(['run', 'replay', '--'])
      return readCommand(args.slice(3), { TOPSORT_API_KEY: 'TSE_secret' })
    })

    const shards = commands.map((command) => (command.kind === 'replay' ? command.selection.shard : undefined))
    const count = job.spec.completions
    expect(shards).toEqual(shards.map((_, index) => ({ index: index + 1, count })))
    const journals = commands.map((command) => (command.kind === 'replay' ? command.journal : undefined))
    expect(new Set(journals).size).toBe(count)
    for (const command of commands) {
      expect(command).toMatchObject({ target: { kind: 'topsort' }, isConfirmed: true, isResumed: true })
    }
  })

  it.each([
    [0, 0],
    [1, 0],
    [2, 2],
    [3, 3]
  ])('ends with %d from the command as %d', (code, status) => {
    expect(runScript(0, code).status).toBe(status)
  })

  it('The Kubernetes job does not try again if the options are invalid', () => {
    expect(job.spec.podFailurePolicy.rules).toEqual([
      { action: 'FailJob', onExitCodes: { containerName: container.name, operator: 'In', values: [2] } }
    ])
  })
})
