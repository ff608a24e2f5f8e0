import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { routeHost } from '../src/workbench/net/route-host'

/** Runs a function while a local server replaces Topsort. The server answers after `latency` milliseconds. */
export async function withStandIn<Result>(latency: number, run: () => Promise<Result>): Promise<Result> {
  const server = fork(join(__dirname, 'server'), [String(latency)])
  const [port] = (await once(server, 'message')) as [number]
  const unroute = routeHost('api.topsort.com', port)
  try {
    return await run()
  } finally {
    unroute()
    server.disconnect()
    await once(server, 'exit')
  }
}
