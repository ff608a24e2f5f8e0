import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'

/**
 * Breaks the TCP connection of a request.
 *
 * @param connection The bindings of @hono/node-server. Undefined if the app runs without a server.
 * @param answer An answer with a body. Its head and half of its body are sent before the connection breaks.
 * @returns A response that tells @hono/node-server to send nothing more.
 * @throws Error if there is no connection, because the app was called without a server.
 */
export async function cutConnection(
  connection: Partial<HttpBindings> | undefined,
  answer?: Response
): Promise<Response> {
  const { incoming, outgoing } = connection ?? {}
  if (!incoming || !outgoing) {
    throw new Error('There is no connection to cut: serve the sandbox with @hono/node-server')
  }
  if (answer) await sendHalf(answer, outgoing)
  incoming.socket.destroy()
  return RESPONSE_ALREADY_SENT
}

async function sendHalf(answer: Response, outgoing: HttpBindings['outgoing']): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer())
  outgoing.writeHead(answer.status, { ...Object.fromEntries(answer.headers), 'content-length': body.length })
  await new Promise((sent) => outgoing.write(body.subarray(0, body.length / 2), sent))
}
