import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor'
import ts from 'typescript'

/**
 * Bundles the types that `src/types.ts` exports, and all types that these use, into a declaration file that imports
 * nothing.
 *
 * @param root the folder of the project
 * @throws Error if the types cannot be bundled
 */
export function bundleTypes(root: string, target: string): void {
  // The declarations must be inside the project, because they import the framework.
  const folder = mkdtempSync(path.join(root, 'dist/declarations-'))
  try {
    writeDeclarations(root, folder)
    const entry = path.join(folder, 'types.d.ts')
    const config = ExtractorConfig.prepare({
      configObject: {
        projectFolder: root,
        mainEntryPointFilePath: entry,
        // Its types of JSON are part of the file.
        bundledPackages: ['@segment/actions-core'],
        compiler: { overrideTsconfig: { compilerOptions: { skipLibCheck: true }, files: [entry] } },
        dtsRollup: { enabled: true, untrimmedFilePath: target },
        apiReport: { enabled: false },
        docModel: { enabled: false },
        tsdocMetadata: { enabled: false },
        messages: {
          extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
          tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } }
        }
      },
      configObjectFullPath: undefined,
      packageJsonFullPath: path.join(root, 'package.json')
    })
    const { succeeded } = Extractor.invoke(config, { localBuild: true, messageCallback: silence })
    if (!succeeded) throw new Error('The types could not be bundled.')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function writeDeclarations(root: string, outDir: string): void {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: unknown
  }
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const emit = {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: path.join(root, 'src'),
    outDir
  }
  const { emitSkipped, diagnostics } = ts.createProgram([path.join(root, 'src/types.ts')], emit).emit()
  if (!emitSkipped) return
  const [first] = diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
  throw new Error(`The declarations could not be written. ${first}`)
}

/** The tool names the version of TypeScript on each run. */
function silence(message: { handled: boolean }): void {
  message.handled = true
}
