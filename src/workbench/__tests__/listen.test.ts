import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { listen } from '../net/listen'

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))
const withIpv6 = hasIpv6 ? test : test.skip
const options = { fetch: () => new Response('hello') }

const failing = (line: string): void => {
  throw new Error(line)
}

withIpv6('a server answers on 127.0.0.1 and [::1], and closes both', async () => {
  const { port, close } = await listen({ ...options, port: 0, log: failing })
  const urls = [`http://127.0.0.1:${port}`, `http://[::1]:${port}`]
  for (const url of urls) expect(await (await fetch(url)).text()).toBe('hello')
  close()
  for (const url of urls) await expect(fetch(url)).rejects.toThrow('fetch failed')
})

withIpv6('another server on [::1] of the same port is told', async () => {
  const other = createServer((_, response) => response.end('other'))
  other.listen({ port: 0, host: '::1', ipv6Only: true })
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const lines: string[] = []
  const { close } = await listen({ ...options, port, log: (line) => lines.push(line) })
  expect(lines).toEqual([
    `Another server has port ${port} on [::1]. A client that takes localhost for [::1] does not reach this one. Stop the other server, or set the host to 127.0.0.1:${port}.`
  ])
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('hello')
  close()
  other.close()
})

test('a port that is in use on 127.0.0.1 is an error', async () => {
  const { port, close } = await listen({ ...options, port: 0, log: failing })
  await expect(listen({ ...options, port, log: failing })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  close()
})
