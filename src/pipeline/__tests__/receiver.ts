import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { defaultValues, MultiStatusResponse } from '@segment/actions-core'
import type { DestinationDefinition, InputField } from '@segment/actions-core'
import { readMessages } from '..'
import type { TakenEvent } from '..'

/** Settings of the destination that these tests deliver to. */
export type Settings = { url: string }

type Payload = { id: string; count?: number }

/** An answer of the receiver: one status for each id, one for all of them, or a broken connection. */
type Answer = number[] | number | 'cut'

/** A server that the destination reports to. */
export type Receiver = {
  url: string
  /** The ids of each request so far. */
  requests: string[][]
  close: () => Promise<void>
}

/**
 * @param answer what to answer to a request with these ids
 * @param turn 0 for the first request
 */
export async function startReceiver(
  answer: (ids: string[], turn: number) => Answer | Promise<Answer>
): Promise<Receiver> {
  const requests: string[][] = []
  const server = createServer((request, response) => {
    void (async () => {
      const ids = JSON.parse(await text(request)) as string[]
      requests.push(ids)
      const answered = await answer(ids, requests.length - 1)
      if (answered === 'cut') request.socket.destroy()
      else if (typeof answered === 'number') response.writeHead(answered).end()
      else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answered))
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }
}

const fields: Record<string, InputField> = {
  id: {
    label: 'Id',
    description: 'The id that is reported.',
    type: 'string',
    required: true,
    default: { '@path': '$.messageId' }
  },
  count: {
    label: 'Count',
    description: 'Any number.',
    type: 'number',
    default: { '@path': '$.properties.count' }
  },
  enable_batching: { label: 'Batch', description: 'Whether to batch.', type: 'boolean', default: true },
  batch_size: { label: 'Batch size', description: 'Events in a batch.', type: 'number' }
}

/** A destination of the framework with an action that batches, one that cannot, and a mapping for each way to use them. */
export const definition: DestinationDefinition<Settings> = {
  name: 'Receiver',
  mode: 'cloud',
  authentication: {
    scheme: 'custom',
    fields: { url: { label: 'URL', description: 'The URL of the receiver.', type: 'string', required: true } }
  },
  actions: {
    report: {
      title: 'Report',
      description: 'Reports ids.',
      fields,
      perform: (request, { payload, settings }) =>
        request(settings.url, { method: 'post', json: [(payload as Payload).id] }),
      performBatch: async (request, { payload, settings }) => {
        const ids = (payload as Payload[]).map(({ id }) => id)
        const { data } = await request<number[] | undefined>(settings.url, { method: 'post', json: ids })
        const results = new MultiStatusResponse()
        ids.forEach((id, index) => {
          const status = data?.[index] ?? 500
          if (status < 300) results.pushSuccessResponse({ status, sent: { id }, body: '' })
          else results.pushErrorResponse({ status, errormessage: `${id} was refused`, sent: { id } })
        })
        return results
      }
    },
    reportAlone: {
      title: 'Report Alone',
      description: 'Reports one id.',
      fields,
      perform: (request, { payload, settings }) =>
        request(settings.url, { method: 'post', json: [(payload as Payload).id] })
    }
  },
  presets: [
    preset('Batched', 'report', 'Batched', {}),
    preset('In Twos', 'report', 'In Twos', { batch_size: 2 }),
    preset('Unbatched', 'report', 'Unbatched', { enable_batching: false }),
    preset('Alone', 'reportAlone', 'Alone', {}),
    { type: 'specificEvent', name: 'Audience', partnerAction: 'report', eventSlug: 'warehouse_entity_added_track' }
  ]
}

function preset(name: string, partnerAction: string, event: string, mapping: Record<string, number | boolean>) {
  return {
    type: 'automatic' as const,
    name,
    partnerAction,
    subscribe: `type = "track" and event = "${event}"`,
    mapping: { ...defaultValues(fields), ...mapping }
  }
}

/** Returns track calls of an event with these message ids. */
export function events(event: string, ...messageIds: string[]): TakenEvent[] {
  const batch = messageIds.map((messageId) => ({ type: 'track', event, userId: 'u1', messageId }))
  return readMessages('batch', { batch }, new Date()).events
}
