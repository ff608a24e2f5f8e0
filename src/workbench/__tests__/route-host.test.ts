import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { routeHost } from '../net/route-host'

let server: Server
let port: number

beforeAll(async () => {
  server = createServer((request, response) => response.end(`${request.method} ${request.headers.host} ${request.url}`))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

async function get(url: string): Promise<string> {
  const [response] = (await once(https.get(url), 'response')) as [IncomingMessage]
  return text(response)
}

test('only requests to the host arrive at the port, unchanged and over one connection', async () => {
  const connections: unknown[] = []
  server.on('connection', (connection) => connections.push(connection))
  const undo = routeHost('api.example.com', port)
  try {
    expect(await get('https://api.example.com/a?b=c')).toBe('GET api.example.com /a?b=c')
    expect(await get('https://API.example.com/again')).toBe('GET api.example.com /again')
    expect(connections).toHaveLength(1)
    // A request to another host uses TLS, which this server does not speak.
    await expect(get(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'EPROTO' })
  } finally {
    undo()
  }
})

test('undoing the route restores the agent and closes the connections', async () => {
  const agent = https.globalAgent
  const undo = routeHost('api.example.com', port)
  const [[connection]] = await Promise.all([
    once(server, 'connection') as Promise<[Socket]>,
    get('https://api.example.com/')
  ])
  const closed = once(connection, 'close')
  undo()

  expect(https.globalAgent).toBe(agent)
  await closed
})

test('routes can be undone only in reverse order', () => {
  const undoFirst = routeHost('api.example.com', port)
  const undoSecond = routeHost('api.example.org', port)
  expect(undoFirst).toThrow('The default agent was replaced. Restore it first.')
  undoSecond()
  undoFirst()
})

test('a request fails when nothing listens on the port', async () => {
  const unused = createServer().listen(0, '127.0.0.1')
  await once(unused, 'listening')
  const { port: unusedPort } = unused.address() as AddressInfo
  unused.close()
  const undo = routeHost('api.example.com', unusedPort)
  try {
    await expect(get('https://api.example.com/')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  } finally {
    undo()
  }
})
