import type { RequestClient, RequestOptions } from '@segment/actions-core'
import type { SandboxApp } from '../../src/sandbox'

/** As much of an answer as the destination reads. */
export type Answer = { status: number; statusText: string; content: string }

/** Makes a request client of a function. It is never generic in what it answers, which is why this takes a cast. */
export function requestClient(send: (url: string, options: RequestOptions) => Promise<Answer>): RequestClient {
  return send as unknown as RequestClient
}

/** A request client whose requests all reach an app in this process, with no network between. */
export function inProcessClient(app: SandboxApp): RequestClient {
  return requestClient(async (url, { method, headers, json }) => {
    const response = await app.request(url, { method: method?.toUpperCase(), headers, body: JSON.stringify(json) })
    return { status: response.status, statusText: response.statusText, content: await response.text() }
  })
}
