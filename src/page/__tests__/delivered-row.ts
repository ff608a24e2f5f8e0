import type { DeliveryRow } from '../../workbench/api'

/** The row of a click that was delivered, with which nothing is wrong. */
export const deliveredRow: DeliveryRow = {
  sequence: 1,
  receivedAt: '',
  event: null,
  mapping: 'Click',
  stage: 'delivered',
  status: 204,
  message: '',
  codes: [],
  attempts: 1,
  findings: []
}
