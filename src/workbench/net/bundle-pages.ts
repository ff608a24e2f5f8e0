import path from 'node:path'
import { build } from 'esbuild'
import type { BuildResult } from 'esbuild'

/** The main file of each page, by the name of its bundle. Parts that are loaded later are `/parts/….js`. */
const ENTRIES = { page: '../../page/main.tsx', shop: '../../page/shop/main.tsx' }

const OPTIONS = {
  entryPoints: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, path.join(__dirname, file)])),
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  chunkNames: 'parts/[name]-[hash]',
  assetNames: 'parts/[name]-[hash]',
  outdir: '/',
  write: false,
  metafile: true,
  logLevel: 'silent',
  // What packages for browsers ask about the process that they run in.
  define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' }
} as const

/**
 * Bundles the page and the demo shop with everything that they import, so that nothing is loaded from outside of this
 * machine. Writes no file: the paths of the result start at `/`.
 *
 * @throws Error of esbuild if the code cannot be bundled
 */
export function bundlePages(): Promise<BuildResult<{ write: false; metafile: true }>> {
  return build(OPTIONS)
}
