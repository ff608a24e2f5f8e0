import {
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDurableFile, replaceByCopy, replaceFile } from '../durable-file'
import { StopError } from '../stop'

const root = mkdtempSync(path.join(tmpdir(), 'durable-'))
afterAll(() => {
  rmSync(root, { recursive: true })
})

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(path.join(root, 'test-'))
  file = path.join(folder, 'a.journal')
})

const agree = () => undefined
const refuse = () => {
  throw new StopError('The lock is lost.')
}

describe('A durable file', () => {
  it('a durable file is not truncated if the check fails', async () => {
    writeFileSync(file, 'records')
    await expect(openDurableFile(file, 0, refuse)).rejects.toThrow('The lock is lost.')
    await expect(openDurableFile(file, 3, refuse)).rejects.toThrow('The lock is lost.')
    expect(readFileSync(file, 'utf8')).toBe('records')
  })

  it('a durable file is not written any more after the check has failed', async () => {
    let isLost = false
    const output = await openDurableFile(file, 0, () => {
      if (isLost) refuse()
    })
    await output.append('one')
    isLost = true
    await expect(output.append('two')).rejects.toThrow('The lock is lost.')
    isLost = false
    await expect(output.append('three')).rejects.toThrow('The lock is lost.')
    await output.close()
    expect(readFileSync(file, 'utf8')).toBe('one')
  })
})

describe('A copy in the place of a file', () => {
  it('a copy does not get what a process writes to the old file', async () => {
    const sleeper = await openDurableFile(file, 0)
    await sleeper.append('old,')
    await replaceByCopy(file, agree)
    const output = await openDurableFile(file, 4)
    await sleeper.append('late,')
    await output.append('new,')
    await sleeper.append('later,')
    await Promise.all([sleeper.close(), output.close()])

    expect(readFileSync(file, 'utf8')).toBe('old,new,')
    expect(readdirSync(folder)).toEqual(['a.journal'])
  })

  it('a copy replaces the file that a link names, and not the link', async () => {
    const link = path.join(folder, 'link')
    writeFileSync(file, 'records')
    symlinkSync(file, link)
    await replaceByCopy(link, agree)
    writeFileSync(link, 'changed')
    expect(readFileSync(file, 'utf8')).toBe('changed')
  })

  it('a copy is not made if the file does not exist or the check fails', async () => {
    await replaceByCopy(file, agree)
    expect(existsSync(file)).toBe(false)

    writeFileSync(file, 'records')
    const same = path.join(folder, 'same')
    linkSync(file, same)
    await expect(replaceByCopy(file, refuse)).rejects.toThrow('The lock is lost.')
    writeFileSync(same, 'changed')
    expect(readFileSync(file, 'utf8')).toBe('changed')
    expect(readdirSync(folder)).toEqual(['a.journal', 'same'])
  })
})

it('a replaced file has the new text, and no other file is left', async () => {
  await replaceFile(file, 'one', agree)
  await replaceFile(file, 'two', agree)
  expect(readFileSync(file, 'utf8')).toBe('two')
  expect(readdirSync(folder)).toEqual(['a.journal'])
})
