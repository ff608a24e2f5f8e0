/** The types of what the server answers, as far as the page reads them. Only types: nothing of the server runs here. */
export type { Counts, EventLabel, Stage } from '../../pipeline'
export type { Finding, Sample, Severity } from '../../checks'
import type { EventLabel, Stage } from '../../pipeline'

export type DeliveryRow = {
  sequence: number
  receivedAt: string
  event: EventLabel | null
  mapping: string | null
  stage: Stage
  status: number
  message: string
  attempts: number
  findings: string[]
}
export type ExplainedDifference = {
  path: string
  from: unknown
  to?: unknown
  label: string
  description: string
  rule: string
}
export type Exchange = {
  request: { method: string; url: string; headers: Record<string, string>; body: unknown }
  answer?: { status: number; headers: Record<string, string>; body: unknown }
}
export type Try = { at: string; status: number; message: string }
export type WholeDelivery = DeliveryRow & {
  call?: unknown
  payload?: unknown
  sent?: unknown
  differences: ExplainedDifference[]
  exchanges: Exchange[]
  tries: Try[]
}
