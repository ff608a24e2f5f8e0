import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { getMimeType } from 'hono/utils/mime'
import { isPackage } from '../../core'

/** A file that a browser loads. */
export type PageFile = { body: Uint8Array; type: string }

/** The files of the page and of the demo shop, by their path on the server: `/page.js`. */
export type PageFiles = ReadonlyMap<string, PageFile>

/** Returns the files. The package has them beside its program. A clone bundles them, which takes about a second. */
export async function loadPageFiles(): Promise<PageFiles> {
  if (isPackage) return readPageFiles(path.join(__dirname, 'pages'))
  const { bundlePages } = await import('./bundle-pages')
  const { outputFiles } = await bundlePages()
  return new Map(outputFiles.map((file) => toEntry(path.relative('/', file.path), file.contents)))
}

async function readPageFiles(folder: string): Promise<PageFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  return new Map(
    await Promise.all(files.map(async (file) => toEntry(path.relative(folder, file), await readFile(file))))
  )
}

function toEntry(name: string, body: Uint8Array): [string, PageFile] {
  const type = getMimeType(name) ?? 'application/octet-stream'
  return [`/${name.split(path.sep).join('/')}`, { body, type }]
}
