/** Returns whether Segment retries an event after this status. Source: Segment's documentation of event delivery. */
export function isRetried(status: number): boolean {
  return [408, 423, 429].includes(status) || (status >= 500 && status !== 501)
}
