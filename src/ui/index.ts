/**
 * The components that the workbench's page and the report of preflight share. `ui.css` is their stylesheet, with the
 * variables of both. It imports only types of `checks`.
 */
export { Badge, type Tone } from './Badge'
export { FindingText, type FindingTextProps } from './FindingText'
export { Panel } from './Panel'
export { type Column, Table } from './Table'
