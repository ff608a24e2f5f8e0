import { isObject, type JsonObject } from '../../../core'

/** PostHog's own events that are calls of other types, and the property with the properties or traits of the call. */
const CALLS: Record<string, { type: string; values?: string } | undefined> = {
  $pageview: { type: 'page' },
  $screen: { type: 'screen' },
  $identify: { type: 'identify', values: '$set' },
  $groupidentify: { type: 'group', values: '$group_set' }
}

/** PostHog's properties that are in the context of a call. */
const PAGE = { url: '$current_url', path: '$pathname', title: 'title', referrer: '$referrer' }

/**
 * Makes a call of an event of PostHog. After a user is identified, `distinct_id` is the id of the user, and the property
 * `$device_id` is the anonymous one.
 *
 * @param call the columns of the event, by the keys of a call
 * @param distinctId the column `distinct_id`
 */
export function fromPostHog(call: JsonObject, distinctId: unknown): JsonObject {
  const properties = isObject(call.properties) ? call.properties : {}
  const device = properties.$device_id
  const ids =
    typeof device === 'string' && device !== distinctId
      ? { anonymousId: device, userId: distinctId }
      : { anonymousId: distinctId }
  const page = Object.fromEntries(
    Object.entries(PAGE).flatMap(([key, name]) => (properties[name] === undefined ? [] : [[key, properties[name]]]))
  )
  const { type, values } = CALLS[String(call.event)] ?? { type: 'track' }
  const isView = type === 'page' || type === 'screen'
  return {
    ...call,
    ...ids,
    type,
    ...(type !== 'track' && { event: undefined }),
    ...(type === 'screen' && { name: properties.$screen_name }),
    ...(type === 'group' && { groupId: properties.$group_key }),
    ...(values === undefined
      ? { properties: isView ? { ...page, ...properties } : properties }
      : { properties: undefined, traits: properties[values] ?? {} }),
    context: {
      page,
      ...(properties.$raw_user_agent !== undefined && { userAgent: properties.$raw_user_agent }),
      ...(properties.$lib !== undefined && { library: { name: properties.$lib, version: properties.$lib_version } })
    }
  }
}
