import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Metafile } from 'esbuild'

/** A package of which something is in a bundle. */
type BundledPackage = { name: string; license: string; text: string }

const LICENSE_FILE = /^(licen[sc]e|notice|copying)/i

/** The folder of the innermost package of a file. */
const PACKAGE_FOLDER = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/

const RULE = '-'.repeat(80)

/**
 * Writes the notices of all packages that are in bundles: their names, versions and licenses, and the texts of these.
 * Packages with the same text share it.
 *
 * @param root the folder where the paths of the metafiles start
 * @throws Error if a package has no license text, and none is known for its license
 */
export function toNotices(root: string, metafiles: readonly Metafile[]): string {
  const packages = findPackageFolders(metafiles).map((folder) => readPackage(path.join(root, folder)))
  const byText = new Map<string, string[]>()
  for (const { name, license, text } of packages) {
    byText.set(text, [...(byText.get(text) ?? []), `${name} (${license})`])
  }
  const sections = [...byText].map(([text, names]) => `${RULE}\n${names.join('\n')}\n\n${text}\n`)
  return `This package contains code of the following packages.\n\n${sections.join('\n')}`
}

function findPackageFolders(metafiles: readonly Metafile[]): string[] {
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap((output) => Object.entries(output.inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  return [...new Set(inputs.flatMap(([file]) => PACKAGE_FOLDER.exec(file) ?? []))].sort()
}

function readPackage(folder: string): BundledPackage {
  const { name, version, license, author } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    name: string
    version: string
    license?: string
    author?: string | { name: string }
  }
  const text = readTexts(folder) ?? readSection(folder)
  if (text !== undefined) return { name: `${name} ${version}`, license: license ?? 'see below', text }
  const standard = readStandardText(license, typeof author === 'object' ? author.name : author)
  if (standard === undefined) throw new Error(`${name} has no license text, so it cannot be bundled.`)
  return { name: `${name} ${version}`, license: license ?? '', text: standard }
}

/** Returns the license files of a package, and its notices. */
function readTexts(folder: string): string | undefined {
  const files = readdirSync(folder).filter((file) => LICENSE_FILE.test(file))
  if (files.length === 0) return undefined
  return files.map((file) => readFileSync(path.join(folder, file), 'utf8').trim()).join('\n\n')
}

/** Returns the section of the readme about the license, if it has the text of one. */
function readSection(folder: string): string | undefined {
  const readme = readdirSync(folder).find((file) => /^readme/i.test(file))
  if (readme === undefined) return undefined
  const [, section = ''] = readFileSync(path.join(folder, readme), 'utf8').split(/^## License$/m)
  return section.includes('Permission is hereby granted') ? section.trim() : undefined
}

/** Some packages name their license, but do not have its text. */
function readStandardText(license: string | undefined, author = 'The authors of the package'): string | undefined {
  if (license === 'Apache-2.0') return readTexts(path.dirname(require.resolve('@aws-sdk/client-s3/package.json')))
  if (license !== 'MIT') return undefined
  const [, terms] = readFileSync(path.join(__dirname, '../LICENSE'), 'utf8').split(/^Copyright.*$/m)
  return `MIT License\n\nCopyright (c) ${author}\n\n${terms.trim()}`
}
