import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const ROOT = join(__dirname, '../..')

/** A project of a user who has installed the package. */
export type Project = {
  /** Runs a program in the project, and returns its output. */
  run: (program: string, args: string[], env?: NodeJS.ProcessEnv) => Promise<string>
  /** Writes a file to the project. */
  write: (file: string, content: string | Buffer) => Promise<void>
  /** Returns the path of a file of the project. */
  path: (file: string) => string
  /** The tarball of the package in the project, such as `./name-1.0.0.tgz`. */
  tarball: string
  remove: () => Promise<void>
}

/** Packs the package, and installs it with other packages in an empty project. */
export async function installPackage(...others: string[]): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'package-'))
  const project: Project = {
    async run(program, args, env = {}) {
      const { stdout } = await promisify(execFile)(program, args, { cwd: folder, env: { ...process.env, ...env } })
      return stdout
    },
    write: (file, content) => writeFile(join(folder, file), content),
    path: (file) => join(folder, file),
    tarball: '',
    remove: () => rm(folder, { recursive: true, force: true })
  }
  await project.write('package.json', '{ "private": true }')
  await project.run('npm', ['pack', ROOT])
  project.tarball = `./${String((await readdir(folder)).find((file) => file.endsWith('.tgz')))}`
  await project.run('npm', ['install', '--no-audit', '--no-fund', project.tarball, ...others])
  return project
}
