import { build } from 'esbuild'

/**
 * Bundles one export of a package to a script, as the bundler of a shop does. The script defines a variable with the
 * name of the export.
 */
export async function bundle(name: string, packageName: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${name} } from '${packageName}'`, resolveDir: __dirname },
    bundle: true,
    globalName: `bundleOf${name}`,
    footer: { js: `const { ${name} } = bundleOf${name}` },
    write: false
  })
  return outputFiles[0].text
}
