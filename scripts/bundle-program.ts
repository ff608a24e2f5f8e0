import path from 'node:path'
import { build } from 'esbuild'
import type { Metafile, Plugin } from 'esbuild'

const ROOT = path.join(__dirname, '..')
const SOURCES = path.join(ROOT, 'src')

/** The program, and the libraries that it loads later, because only some archives need them. */
const ENTRIES = {
  main: 'src/cli/main.ts',
  'aws-sdk': 'src/archive/read/aws-sdk.ts',
  'csv-library': 'src/archive/read/rows/csv-library.ts',
  'parquet-library': 'src/archive/read/rows/parquet-library.ts',
  'zstd-library': 'src/core/zstd-library.ts'
}

/** Keeps the program's imports of its other files as they are. Files of libraries may have the same names. */
const loadLater: Plugin = {
  name: 'load-later',
  setup(program) {
    const later = /^\.\/(?:aws-sdk|csv-library|parquet-library|zstd-library)$/
    // `import()` needs the extension of a file, and `require` takes it too.
    program.onResolve({ filter: later }, ({ path: file, importer }) =>
      importer.startsWith(SOURCES) ? { path: `${file}.js`, external: true } : undefined
    )
  }
}

/**
 * Bundles the program with its libraries into a folder. Only the framework stays outside, because the destination has to use
 * the same copy of it.
 *
 * `@segment/destination-subscriptions`, which the framework uses too, is bundled: its functions return plain data, so two
 * copies do not disturb each other.
 *
 * @param packageName makes it the program of that package, which expects the pages and the stylesheet of reports beside it
 */
export async function bundleProgram(folder: string, packageName?: string): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: ENTRIES,
    absWorkingDir: ROOT,
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    // Names stay, for stack traces.
    minifySyntax: true,
    minifyWhitespace: true,
    metafile: true,
    external: ['@segment/actions-core', 'esbuild'],
    plugins: [loadLater],
    define: {
      ...(packageName !== undefined && { PACKAGE_NAME: JSON.stringify(packageName) }),
      // Packages that are ES modules ask for their own URL.
      'import.meta.url': 'bundleUrl'
    },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href" },
    logLevel: 'error'
  })
  return metafile
}
