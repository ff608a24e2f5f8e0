/** @returns whether Segment hands an event over again after this status, by its documentation of event delivery */
export function isRetried(status: number): boolean {
  return [408, 423, 429].includes(status) || (status >= 500 && status !== 501)
}
