import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { generateArchive } from '../../../../scripts/archive/generate'
import { readArguments } from '../../preflight/arguments'
import { runPreflight } from '../../preflight/run-preflight'
import { runSplit } from '../run-split'

/** Serves a bucket as S3 does: it lists, gets, puts and deletes objects. `refused` is a key that it does not take. */
function serveBucket(objects: Map<string, Buffer>, state: { refused?: string }): Server {
  return createServer((request, response) => {
    void answer()
    async function answer(): Promise<void> {
      const url = new URL(request.url ?? '/', 'http://localhost')
      const key = url.pathname.split('/').slice(2).map(decodeURIComponent).join('/')
      if (request.method === 'PUT') {
        const body = await buffer(request)
        if (key.endsWith(state.refused ?? '\0')) {
          response.writeHead(403).end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>')
          return
        }
        objects.set(key, body)
        response.end()
      } else if (request.method === 'DELETE') {
        objects.delete(key)
        response.writeHead(204).end()
      } else if (key === '') {
        const keys = [...objects.keys()].filter((each) => each.startsWith(url.searchParams.get('prefix') ?? '')).sort()
        const contents = keys.map(
          (each) => `<Contents><Key>${each}</Key><Size>${objects.get(each)!.length}</Size></Contents>`
        )
        response
          .writeHead(200, { 'content-type': 'application/xml' })
          .end(`<?xml version="1.0"?><ListBucketResult><Name>shop</Name>${contents.join('')}</ListBucketResult>`)
      } else {
        const object = objects.get(key)
        if (object) response.writeHead(200, { 'content-length': object.length }).end(object)
        else response.writeHead(404).end('<Error><Code>NoSuchKey</Code><Message>gone</Message></Error>')
      }
    }
  })
}

const folder = mkdtempSync(path.join(tmpdir(), 'split-s3-'))
const logs = path.join(folder, 'segment-logs')
const objects = new Map<string, Buffer>()
const state: { refused?: string } = {}
const server = serveBucket(objects, state)
const environment = { ...process.env }
let endpoint: string

beforeAll(async () => {
  await generateArchive({ out: folder, events: 600, users: 60, products: 50, days: 2 })
  for (const name of readdirSync(logs, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.gz'))) {
    objects.set(`logs/segment-logs/${name}`, readFileSync(path.join(logs, name)))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_MAX_ATTEMPTS: '1' })
})
afterAll(async () => {
  process.env = environment
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

const split = () => runSplit({ inputs: ['s3://shop/logs/'], of: 2, out: 's3://shop/parts/', selection: {}, endpoint })

async function read(input: string) {
  const parsed = readArguments([input, '--endpoint', endpoint])
  if (parsed === 'help') throw new Error('Only help was asked for')
  return runPreflight(parsed)
}

test('A split from S3 to S3 goes on after a failure, writes the manifests last, and gives parts that preflight reads', async () => {
  state.refused = '1-of-2/part.json'
  await expect(split()).rejects.toThrow(/^The split into s3:\/\/shop\/parts had to stop: Access Denied/)
  expect([...objects.keys()].filter((key) => key.startsWith('parts/')).length).toBeGreaterThan(2)
  expect([...objects.keys()].filter((key) => key.endsWith('part.json'))).toEqual([])
  await expect(read('s3://shop/parts/1-of-2')).rejects.toThrow(/1-of-2 has no part.json, so its split did not finish/)

  state.refused = undefined
  const parts = await split()
  expect(objects.has('parts/.split/plan.json')).toBe(false)
  const whole = await read('s3://shop/logs/')
  const reports = [await read('s3://shop/parts/1-of-2'), await read('s3://shop/parts/2-of-2/')]
  expect(reports.map(({ part }) => part?.index)).toEqual([1, 2])
  const sum = reports.reduce((total, { input }) => total + input.events, 0)
  expect(sum).toBe(whole.input.events)
  expect(parts.map(({ events }) => events).reduce((one, other) => one + other)).toBe(sum)
  expect(await split()).toEqual(parts)
}, 60_000)
