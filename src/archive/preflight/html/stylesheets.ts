import path from 'node:path'
import { isPackage } from '../../../installation'

const PAGE = path.join(__dirname, '../../../workbench/page')

const SOURCES = [
  path.join(PAGE, 'styles.css'),
  path.join(PAGE, 'findings/findings.css'),
  path.join(__dirname, 'report.css')
]

/**
 * The stylesheets of the report: the look of the workbench's page, and what the report adds to it. The package has them in
 * one file beside its program.
 */
export const STYLESHEETS: readonly string[] = isPackage ? [path.join(__dirname, 'report.css')] : SOURCES
