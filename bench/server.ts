/**
 * Answers every request with a 204 after so many milliseconds, as Topsort does when all is well. Runs in a process of its
 * own, so that what is measured does not share its event loop, and tells its parent the port.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const latency = Number(process.argv[2])

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const answer = () => response.writeHead(204).end()
    if (latency > 0) setTimeout(answer, latency)
    else answer()
  })
})
server.keepAliveTimeout = 0
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())
