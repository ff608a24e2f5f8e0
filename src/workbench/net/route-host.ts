import https from 'node:https'
import net from 'node:net'
import type { Duplex } from 'node:stream'

/** Opens a connection to a server that speaks plain HTTP. */
export type Connect = () => Duplex

/**
 * Redirects the HTTPS requests to a host to another server, as plain HTTP. It replaces Node's default agent. A client of
 * the host needs no change, and none of its requests leaves the machine. If nothing listens on the port, they fail.
 * Requests to other hosts do not change.
 *
 * @param host such as `api.example.com`
 * @param target the port on 127.0.0.1, or a function that opens a connection
 * @returns a function that restores the default agent and closes the connections to the server. If the default agent was
 * replaced in the meantime, it throws an Error and changes nothing, because an older agent could let requests out
 */
export function routeHost(host: string, target: number | Connect): () => void {
  const original = https.globalAgent
  const routing = new RoutingAgent(host, typeof target === 'number' ? () => net.connect(target, '127.0.0.1') : target)
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
    private readonly connect: Connect
  ) {
    super({ keepAlive: true })
  }

  override createConnection(...[options, callback]: Parameters<https.Agent['createConnection']>) {
    return options.host?.toLowerCase() === this.routedHost ? this.connect() : super.createConnection(options, callback)
  }
}
