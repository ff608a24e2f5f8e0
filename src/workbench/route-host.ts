import https from 'node:https'
import net from 'node:net'

/**
 * Leads every HTTPS request of this process to a host, on Node's default agent, to a loopback port as plain HTTP. A
 * client of that host can be tried unchanged, with its real URL, and none of its requests leaves the machine: if nothing
 * listens on the port, they fail. Requests to other hosts are not touched.
 *
 * @param host such as `api.example.com`
 * @param port on 127.0.0.1
 * @returns a function that puts the default agent back and closes the connections to the port. It throws an Error, and the
 * route stays, if the default agent was replaced since: putting an older one back could let requests out
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

/** A class, because an agent makes its connections in a method of its own. */
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
