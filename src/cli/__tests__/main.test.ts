import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { version } from '../../../package.json'

const ROOT = path.resolve(__dirname, '../../..')

function run(...args: string[]) {
  const command = ['--import', 'tsx', 'src/cli/main.ts', ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' })
  return { status, stdout, stderr }
}

const COMMANDS =
  'The commands are start, preflight, suggest, replay. For help: node --import tsx src/cli/main.ts --help\n'

test.each([
  [['strat'], `There is no command "strat". ${COMMANDS}`],
  [['toString'], `There is no command "toString". ${COMMANDS}`],
  [[], `A command is missing. ${COMMANDS}`]
])('%j exits with 2 and names the commands', (args, stderr) => {
  expect(run(...args)).toEqual({ status: 2, stdout: '', stderr })
})

test('--version prints the version of the package', () => {
  expect(run('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
})

test.each([
  [['--help'], 'node --import tsx src/cli/main.ts COMMAND [options]'],
  [['start', '--help'], '[PORT=3000] npm start -- [options]'],
  [['preflight', '--help'], 'npm run preflight -- PATH... [options]'],
  [['suggest', '--help'], 'npm run suggest -- PATH... [options]'],
  [['replay', '--help'], 'TOPSORT_API_KEY=TSE_... npm run replay -- PATH... --to-topsort [options]']
])('%j prints how the command is called in a clone', (args, usage) => {
  const { status, stdout, stderr } = run(...args)
  expect({ status, usage: stdout.split('\n')[0], stderr }).toEqual({ status: 0, usage: `Usage: ${usage}`, stderr: '' })
})
