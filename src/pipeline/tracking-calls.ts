/**
 * The calls of Segment's Tracking API by the last part of their path, `/v1/<path>`. Server libraries use the words,
 * browser and mobile libraries the letters, Java, Ruby and the old Android library `import`.
 *
 * Source: https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/ and the libraries themselves.
 */
export const trackingCalls = {
  batch: 'batch',
  import: 'batch',
  track: 'track',
  page: 'page',
  screen: 'screen',
  identify: 'identify',
  group: 'group',
  alias: 'alias',
  b: 'batch',
  t: 'track',
  p: 'page',
  s: 'screen',
  i: 'identify',
  g: 'group',
  a: 'alias'
} as const

/** The content of a request to the Tracking API: one message of a type, or a batch of any types. */
export type TrackingCall = (typeof trackingCalls)[keyof typeof trackingCalls]
