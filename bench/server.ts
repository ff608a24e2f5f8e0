/**
 * Answers every request with 204 after a number of milliseconds, as Topsort does for valid events. Runs in a separate
 * process, so that the measured code does not share its event loop. Sends its port to the parent process.
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
