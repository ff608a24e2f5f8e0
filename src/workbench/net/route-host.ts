import https from 'node:https'
import net from 'node:net'

/**
 * Redirects the HTTPS requests to a host to a loopback port, as plain HTTP. It replaces Node's default agent. A client of
 * the host needs no change, and none of its requests leaves the machine. If nothing listens on the port, they fail.
 * Requests to other hosts do not change.
 *
 * @param host such as `api.example.com`
 * @param port the port on 127.0.0.1
 * @returns a function that restores the default agent and closes the connections to the port. If the default agent was
 * replaced in the meantime, it throws an Error and changes nothing, because an older agent could let requests out
 */
export function routeHost(host: string, port: number): () => void {
  const original = https.globalAgent
  const routing = new RoutingAgent(host, port)
  https.globalAgent = routing
  return () => {
    if (https.globalAgent !== routing) throw new Error('The default agent was replaced. Restore it first.')
    https.globalAgent = original
    routing.destroy()
  }
}

/** An agent that connects to the port. It is a class, because agents create connections in a method. */
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
