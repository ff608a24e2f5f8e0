import https from 'node:https'
import net from 'node:net'

/**
 * Makes every HTTPS request of this process to a host, on Node's default agent, arrive at a loopback port as plain HTTP.
 * A client of that host can so be tried as it is, with its real URL, and none of its requests leaves the machine: when
 * nothing listens on the port, they fail. Requests to other hosts go where they always went.
 *
 * @param host such as `api.example.com`
 * @param port on 127.0.0.1
 * @returns puts the default agent back and closes the connections that are open to the port. It throws an Error, and the
 * route stays, when the default agent was replaced since: putting an older one back could let requests out
 */
export function routeHost(host: string, port: number): () => void {
  const original = https.globalAgent
  const routing = new RoutingAgent(host, port)
  https.globalAgent = routing
  return () => {
    if (https.globalAgent !== routing) throw new Error('The default agent was replaced; undo that first.')
    https.globalAgent = original
    routing.destroy()
  }
}

/** The agent's own method is the one place where a connection is made, which is why this is a class. */
class RoutingAgent extends https.Agent {
  constructor(
    private readonly routedHost: string,
    private readonly port: number
  ) {
    super({ keepAlive: true })
  }

  override createConnection(...[options, callback]: Parameters<https.Agent['createConnection']>) {
    return options.host?.toLowerCase() === this.routedHost
      ? net.connect(this.port, '127.0.0.1')
      : super.createConnection(options, callback)
  }
}
