/**
 * The components and the stylesheet (`ui.css`) that the workbench's page and the report of preflight share.
 */
export { Badge, type Tone } from './Badge'
export { FindingReason, FindingText, type FindingTextProps, isGoodNews } from './FindingText'
export { Panel } from './Panel'
export { sampleColumns } from './sample-columns'
export { type Column, Table } from './Table'
