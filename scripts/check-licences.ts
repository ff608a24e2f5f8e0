/**
 * Checks the packages that are installed, those of development among them: that their licences are permissive, that none
 * is deprecated, and that none has a known hole of high severity. `drop-in` is left out: there it is Segment's repository
 * that chooses, and Jest 27 brings deprecated packages along.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isPermissive, licencesOf } from './licences'

const ROOT = join(__dirname, '..')

async function licenceProblems(): Promise<string[]> {
  const packages = await licencesOf(ROOT)
  const counts = new Map<string, number>()
  for (const { licence } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1)
  for (const [licence, count] of [...counts].sort(([, a], [, b]) => b - a)) {
    console.log(`${String(count).padStart(5)} ${licence}`)
  }
  return packages.filter(({ licence }) => !isPermissive(licence)).map(({ name, licence }) => `${name} is ${licence}`)
}

function deprecations(): string[] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { deprecated?: string }>
  }
  return Object.entries(packages).flatMap(([path, { deprecated }]) =>
    deprecated === undefined ? [] : `${path} is deprecated: ${deprecated}`
  )
}

/** Not every registry has an endpoint for audits: without an answer nothing is known, and nothing wrong. */
function vulnerabilities(): string[] {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--fetch-retries=0'], { cwd: ROOT, encoding: 'utf8' })
  const { vulnerabilities, message = 'no reason given' } = JSON.parse(stdout || '{}') as {
    vulnerabilities?: Record<string, { severity: string }>
    message?: string
  }
  if (!vulnerabilities) {
    console.log(`npm audit is not answered: ${message}`)
    return []
  }
  const found = Object.entries(vulnerabilities)
  console.log(`npm audit is answered: ${found.length} of the packages have known vulnerabilities`)
  return found
    .filter(([, { severity }]) => ['high', 'critical'].includes(severity))
    .map(([name, { severity }]) => `${name} has a vulnerability of ${severity} severity: see npm audit`)
}

async function main(): Promise<void> {
  const problems = [...(await licenceProblems()), ...deprecations(), ...vulnerabilities()]
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
  else console.log('All licences are permissive, and no package is deprecated.')
}

void main()
