type JsonObject = { [key: string]: unknown }

/** Fields that have another name, or another place, in what is sent. */
const SENT_AS: Partial<Record<string, string>> = { productId: 'entity.id', dspMetadata: 'dsp_metadata' }

/**
 * Finds where a value of the payload is in what was sent.
 *
 * @param path in the payload, such as `placement.position` or `products[1].productId`
 * @param sent such as `{clicks: [{…}]}`
 * @returns a path in `sent`, such as `clicks[0].placement.position`, or undefined if nothing was sent
 */
export function sentPathOf(path: string, sent: unknown): string | undefined {
  const [type, events] = Object.entries(Object(sent) as JsonObject).at(0) ?? []
  if (type === undefined || !Array.isArray(events)) return undefined
  const product = /^products\[(\d+)\](?:\.(.*))?$/.exec(path)
  if (!product) return `${type}[0].${rename(path)}`
  const [, index, field] = product as unknown as [string, string, string | undefined]
  const place = events.findIndex((event) => String((Object(event) as JsonObject).id).endsWith(`-${index}`))
  if (place === -1 || field === undefined) return undefined
  return `${type}[${place}].${field === 'position' ? 'placement.position' : rename(field)}`
}

function rename(path: string): string {
  const [first, ...rest] = path.split('.')
  return [SENT_AS[first] ?? first, ...rest].join('.')
}
