import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { InputError } from '../../core'
import { isAlive } from '../is-alive'

/**
 * Claims the temporary files of a split for this process. A claim of a process that is gone is taken over. So is one of
 * another machine, because a job that died there is started again here.
 *
 * @returns a function that gives up the claim
 * @throws InputError if another process of this machine has it
 */
export async function claimSplit(folder: string, out: string): Promise<() => Promise<void>> {
  const file = path.join(folder, 'process')
  const own = `${file}-${process.pid}`
  await writeFile(own, `${process.pid} ${hostname()}`)
  try {
    // A link has its content at once, which a file that is created has not.
    await link(own, file)
    await rm(own)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const [pid, host] = (await readFile(file, 'utf8')).split(' ')
    if (host === hostname() && Number(pid) !== process.pid && isAlive(Number(pid))) {
      await rm(own)
      throw new InputError(`Process ${pid} is splitting into ${out} already. Wait for it, or stop it.`)
    }
    await rename(own, file)
  }
  return () => rm(file, { force: true })
}
