/**
 * Checks all installed packages, including those for development. Each must have a permissive license, must not be
 * deprecated, and must not have a known vulnerability of high severity.
 *
 * `test/drop-in/project` is not checked. Its packages are those of Segment's repository, and Jest 27 needs deprecated
 * ones.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isPermissive, readLicenses } from './licenses'

/** Only tests run these, unchanged, and nothing of them is in what is shipped. MPL-2.0 asks only for the source of changed files. */
const ONLY_IN_TESTS = [/^axe-core@/]

const ROOT = join(__dirname, '..')

async function findLicenseProblems(): Promise<string[]> {
  const packages = await readLicenses(ROOT)
  const counts = new Map<string, number>()
  for (const { license } of packages) counts.set(license, (counts.get(license) ?? 0) + 1)
  for (const [license, count] of [...counts].sort(([, a], [, b]) => b - a)) {
    console.log(`${String(count).padStart(5)} ${license}`)
  }
  return packages
    .filter(({ name, license }) => !isPermissive(license) && !ONLY_IN_TESTS.some((pattern) => pattern.test(name)))
    .map(({ name, license }) => `${name} has the license ${license}, which is not known to be permissive`)
}

function findDeprecations(): string[] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { deprecated?: string }>
  }
  return Object.entries(packages).flatMap(([path, { deprecated }]) =>
    deprecated === undefined ? [] : `${path} is deprecated: ${deprecated}`
  )
}

/** Some registries do not support audits. Without an answer, this reports no problem. */
function findVulnerabilities(): string[] {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--fetch-retries=0'], { cwd: ROOT, encoding: 'utf8' })
  const { vulnerabilities, message = 'the registry gave no reason' } = JSON.parse(stdout || '{}') as {
    vulnerabilities?: Record<string, { severity: string }>
    message?: string
  }
  if (!vulnerabilities) {
    console.log(`Vulnerabilities were not checked, because npm audit failed: ${message}`)
    return []
  }
  const found = Object.entries(vulnerabilities)
  console.log(`Packages with known vulnerabilities: ${found.length}`)
  return found
    .filter(([, { severity }]) => ['high', 'critical'].includes(severity))
    .map(([name, { severity }]) => `${name} has a vulnerability of ${severity} severity. Run npm audit for details.`)
}

async function main(): Promise<void> {
  const problems = [...(await findLicenseProblems()), ...findDeprecations(), ...findVulnerabilities()]
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
  else console.log('All licenses are permissive, and no package is deprecated.')
}

void main()
