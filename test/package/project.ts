import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const ROOT = join(__dirname, '../..')

/** A project of somebody who installs the package. */
export type Project = {
  /** Runs a program in it, and returns what that printed. */
  run: (program: string, args: string[], env?: NodeJS.ProcessEnv) => Promise<string>
  /** Writes a file into it. */
  write: (file: string, content: string) => Promise<void>
  /** The path of one of its files. */
  path: (file: string) => string
  remove: () => Promise<void>
}

/** Packs the package, and installs the tarball into an empty project. */
export async function installPackage(...others: string[]): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'package-'))
  const project: Project = {
    async run(program, args, env = {}) {
      const { stdout } = await promisify(execFile)(program, args, { cwd: folder, env: { ...process.env, ...env } })
      return stdout
    },
    write: (file, content) => writeFile(join(folder, file), content),
    path: (file) => join(folder, file),
    remove: () => rm(folder, { recursive: true, force: true })
  }
  await project.write('package.json', '{ "private": true }')
  await project.run('npm', ['pack', ROOT])
  const tarballs = (await readdir(folder)).filter((file) => file.endsWith('.tgz')).map((file) => `./${file}`)
  await project.run('npm', ['install', '--no-audit', '--no-fund', ...tarballs, ...others])
  return project
}
