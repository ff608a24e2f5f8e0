import { readFileSync } from 'node:fs'
import path from 'node:path'
import { isPackage } from '../../../core'

const SOURCES = [path.join(__dirname, '../../../page/ui/ui.css'), path.join(__dirname, 'report.css')]

/**
 * Reads the styles of the report: the look of the workbench's page, and what the report adds to it. The package has them in
 * one file beside its program.
 */
export function readStyles(): string {
  const files = isPackage ? [path.join(__dirname, 'report.css')] : SOURCES
  return files.map((file) => readFileSync(file, 'utf8')).join('\n')
}
