/**
 * The types of what the package takes and gives as JSON. `npm run build` writes them, and all types that they use, to one
 * file that imports nothing.
 */
export type { Report as PreflightReport } from './archive/preflight/report'
export type { Payload as ClickPayload } from './destinations/topsort/click/generated-types'
export type { Settings } from './destinations/topsort/generated-types'
export type { Payload as ImpressionPayload } from './destinations/topsort/impression/generated-types'
export type { Payload as ImpressionsListPayload } from './destinations/topsort/impressionsList/generated-types'
export type { Payload as LinkUsersPayload } from './destinations/topsort/linkUsers/generated-types'
export type { Payload as PageviewPayload } from './destinations/topsort/pageviews/generated-types'
export type { Payload as PurchasePayload } from './destinations/topsort/purchase/generated-types'
export type { Click, EventsRequest, Impression, LinkedUsers, Pageview, Purchase } from './destinations/topsort/types'
export type { Suggestions } from './suggest'
export type * from './workbench/api'
