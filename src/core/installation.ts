/** Tells how this code runs: from TypeScript in a clone of the repository, or bundled in the package. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The name of the package. Only the bundles of `npm run build` define it. */
declare const PACKAGE_NAME: string | undefined

/** The commands of this project. */
export type CommandName = 'start' | 'preflight' | 'replay' | 'suggest'

/** Whether this is the package. Its pages and stylesheets are already bundled. */
export const isPackage = typeof PACKAGE_NAME !== 'undefined'

/**
 * Returns a command as the reader has to type it: `npm start -- --keep 100` in a clone, and
 * `npx segment-destination-topsort start --keep 100` in the package.
 *
 * @param args the arguments of the command, separated by spaces
 */
export function commandLine(command: CommandName, args = ''): string {
  if (isPackage) return `${programLine()} ${command} ${args}`.trimEnd()
  const script = command === 'start' ? 'npm start' : `npm run ${command}`
  return args === '' ? script : `${script} -- ${args}`
}

/** Returns the program without a command: `npx segment-destination-topsort`. */
export function programLine(): string {
  return isPackage ? `npx ${tarball() ?? PACKAGE_NAME}` : 'node --import tsx src/cli/main.ts'
}

/** Returns the folder to which relative names of files belong. npm changes the folder before it runs a script of a clone. */
export function callerFolder(env: NodeJS.ProcessEnv): string {
  return isPackage ? process.cwd() : (env.INIT_CWD ?? process.cwd())
}

/**
 * Returns the tarball that npx runs, as npx takes it. npx installs it in a folder whose `package.json` has it. npx runs a
 * file at an absolute path as a program, so such a path needs `file:`.
 */
function tarball(): string | undefined {
  const file = path.join(__dirname, '../../../../package.json')
  if (!existsSync(file)) return undefined
  const { _npx } = JSON.parse(readFileSync(file, 'utf8')) as { _npx?: { packages?: string[] } }
  const name = _npx?.packages?.find((each) => each.endsWith('.tgz'))
  return name !== undefined && path.isAbsolute(name) ? `file:${name}` : name
}
