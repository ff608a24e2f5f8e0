/**
 * Builds the package into `dist`: `npm run build`.
 *
 * TypeScript compiles the destination, with its declarations. The types of `src/types.ts` go into one file. esbuild bundles the program and the pages with the libraries
 * that they use, so that the package depends only on the framework and on what the framework needs.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Metafile } from 'esbuild'
import { name } from '../package.json'
import { readStyles } from '../src/archive/preflight/html/render-report'
import { bundlePages } from '../src/workbench/net/bundle-pages'
import { bundleProgram } from './bundle-program'
import { bundleTypes } from './bundle-types'
import { toNotices } from './notices'

const ROOT = path.join(__dirname, '..')
const DIST = path.join(ROOT, 'dist')
const PROGRAM = path.join(DIST, 'cli')

function compileDestination(): void {
  const compiler = require.resolve('typescript/bin/tsc')
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: ROOT,
    stdio: 'inherit'
  })
  if (status !== 0) throw new Error('The destination could not be compiled.')
}

async function buildPages(): Promise<Metafile> {
  const { metafile, outputFiles } = await bundlePages()
  for (const { path: file, contents } of outputFiles) {
    const target = path.join(PROGRAM, 'pages', file)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, contents)
  }
  return metafile
}

async function main(): Promise<void> {
  rmSync(DIST, { recursive: true, force: true })
  compileDestination()
  const metafiles = [await bundleProgram(PROGRAM, name), await buildPages()]
  writeFileSync(path.join(PROGRAM, 'report.css'), readStyles())
  mkdirSync(path.join(DIST, 'types'))
  bundleTypes(ROOT, path.join(DIST, 'types/index.d.ts'))
  writeFileSync(path.join(DIST, 'third-party-notices.txt'), toNotices(ROOT, metafiles))
}

void main()
