import path from 'node:path'
import { isPackage } from '../../../installation'

const SOURCES = [path.join(__dirname, '../../../ui/ui.css'), path.join(__dirname, 'report.css')]

/**
 * The stylesheets of the report: the look of the workbench's page, and what the report adds to it. The package has them in
 * one file beside its program.
 */
export const STYLESHEETS: readonly string[] = isPackage ? [path.join(__dirname, 'report.css')] : SOURCES
