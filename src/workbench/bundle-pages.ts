import { existsSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

/** A file that a browser loads. */
export type PageFile = { body: Uint8Array; type: string }

/** The files of the page and of the demo shop, by their path on the server: `/page.js`. */
export type PageFiles = ReadonlyMap<string, PageFile>

/** Where the bundled files are, by the name that they get. Parts that are loaded later are `/parts/….js`. */
const ENTRIES = { page: 'page/main.tsx', shop: 'page/shop/main.tsx' }

const TYPES: Partial<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2'
}

/**
 * Bundles the page and the demo shop with everything that they import, so that nothing is loaded from outside of this
 * machine. Takes about a second.
 *
 * @throws Error of esbuild if the code cannot be bundled
 */
export async function bundlePage(): Promise<PageFiles> {
  const entries = Object.entries(ENTRIES)
    .map(([name, file]) => [name, path.join(__dirname, file)])
    .filter(([, file]) => existsSync(file))
  const { outputFiles } = await build({
    entryPoints: Object.fromEntries(entries) as Record<string, string>,
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
    logLevel: 'silent',
    // What packages for browsers ask about the process that they run in.
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' }
  })
  return new Map(
    outputFiles.map((file) => [
      `/${path.relative('/', file.path).split(path.sep).join('/')}`,
      { body: file.contents, type: TYPES[path.extname(file.path)] ?? 'application/octet-stream' }
    ])
  )
}
