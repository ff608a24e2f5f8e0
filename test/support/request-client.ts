import type { RequestClient, RequestOptions } from '@segment/actions-core'
import type { SandboxApp } from '../../src/sandbox'

/** The part of an answer that the destination reads. */
export type Answer = { status: number; statusText: string; content: string }

/** Creates a request client from a function. The cast is necessary because the framework's type is generic. */
export function requestClient(send: (url: string, options: RequestOptions) => Promise<Answer>): RequestClient {
  return send as unknown as RequestClient
}

/** Creates a request client that calls an app in this process, without a network. */
export function inProcessClient(app: SandboxApp): RequestClient {
  return requestClient(async (url, { method, headers, body }) => {
    const response = await app.request(url, { method: method?.toUpperCase(), headers, body })
    return { status: response.status, statusText: response.statusText, content: await response.text() }
  })
}
