import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import type { Pipeline } from '../pipeline'
import type { Sandbox } from '../sandbox'
import type { WorkbenchInfo } from './api'
import type { Clock } from './clock'
import type { PageFiles } from './net/page-files'
import type { TopsortAccess } from './net/send-to-topsort'
import type { Credits } from './state/credits'
import type { Findings } from './state/findings'
import type { History } from './state/history'
import type { Shoppers } from './state/shoppers'

/** The parts of a workbench, which its routes and its saved states use. */
export type Parts = {
  /** The destination, whose actions run with the clock. */
  definition: DestinationDefinition<JSONObject>
  pipeline: Pipeline
  /** Absent if events go to Topsort itself. */
  sandbox?: Sandbox
  findings: Findings
  history: History
  shoppers: Shoppers
  credits: Credits
  /** The clock of the sandbox and the pipeline. */
  clock: Clock
  /** Sends a single delivery to Topsort itself. Absent without a key, and in live mode. */
  topsort?: TopsortAccess
  /** Returns the files of the page. It is called when a browser asks for one. Absent if there is no page. */
  loadPages?: () => Promise<PageFiles>
  /** The facts that the page shows. */
  info: WorkbenchInfo
}
