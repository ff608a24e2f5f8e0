import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { gzipSync } from 'node:zlib'
import { listSources, readInOrder } from '..'

/** A bucket that answers ListObjectsV2 and GetObject as S3 does, with two keys on a page. */
function serveBucket(bucket: string, objects: Map<string, Buffer>): Server {
  const pageSize = 2
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const [, name, ...rest] = url.pathname.split('/').map(decodeURIComponent)
    const key = rest.join('/')
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
      response.writeHead(403).end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>')
    } else if (name !== bucket) {
      response.writeHead(404).end('<Error><Code>NoSuchBucket</Code><Message>There is no such bucket</Message></Error>')
    } else if (key === '') {
      const prefix = url.searchParams.get('prefix') ?? ''
      const start = Number(url.searchParams.get('continuation-token') ?? 0)
      const keys = [...objects.keys()].filter((each) => each.startsWith(prefix)).sort()
      const page = keys.slice(start, start + pageSize)
      const isLast = start + pageSize >= keys.length
      response
        .writeHead(200, { 'content-type': 'application/xml' })
        .end(
          `<?xml version="1.0"?><ListBucketResult><Name>${bucket}</Name><IsTruncated>${String(!isLast)}</IsTruncated>${
            isLast ? '' : `<NextContinuationToken>${start + pageSize}</NextContinuationToken>`
          }${page.map((each) => `<Contents><Key>${each}</Key><Size>${objects.get(each)!.length}</Size></Contents>`).join('')}</ListBucketResult>`
        )
    } else {
      const object = objects.get(key)
      if (!object) response.writeHead(404).end('<Error><Code>NoSuchKey</Code><Message>gone</Message></Error>')
      else response.writeHead(200, { 'content-length': object.length }).end(object)
    }
  })
}

describe('An archive in S3', () => {
  const event = (messageId: string) => JSON.stringify({ type: 'track', event: 'A', messageId })
  const objects = new Map([
    ['logs/segment-logs/web/1432684800000/a.gz', gzipSync(`${event('m_3')}\n${event('m_4')}`)],
    ['logs/segment-logs/web/1432598400000/b.gz', gzipSync(event('m_1'))],
    ['logs/segment-logs/web/1432598400000/c é.gz', gzipSync(event('m_2'))],
    ['logs/_SUCCESS', Buffer.alloc(0)],
    ['other/x.gz', gzipSync(event('m_9'))]
  ])
  const server = serveBucket('shop', objects)
  const environment = { ...process.env }
  let endpoint: string

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' })
  })
  afterAll(async () => {
    process.env = environment
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  async function idsOf(input: string): Promise<string[]> {
    const ids: string[] = []
    for await (const { records } of readInOrder(await listSources([input], { endpoint }))) {
      ids.push(...records.map((record) => (record.ok ? record.event.messageId : record.reason)))
    }
    return ids
  }

  test('an archive in S3 is read day by day below the prefix, over several pages of keys', async () => {
    expect(await idsOf('s3://shop/logs/')).toEqual(['m_1', 'm_2', 'm_3', 'm_4'])
  })

  test('each object in S3 has an address and a size', async () => {
    const sources = await listSources(['s3://shop/other'], { endpoint })
    expect(sources).toMatchObject([{ name: 's3://shop/other/x.gz', size: objects.get('other/x.gz')!.length }])
  })

  test('a bucket that does not exist is an error with its address and the reason', async () => {
    await expect(idsOf('s3://nowhere/logs')).rejects.toThrow(
      /^Cannot list s3:\/\/nowhere\/logs: NoSuchBucket.*Check the bucket/
    )
    await expect(idsOf('s3://shop/nothing')).rejects.toThrow('There is no file in s3://shop/nothing.')
  })

  test('an object that vanishes before it is read costs only itself', async () => {
    const sources = await listSources(['s3://shop/other'], { endpoint })
    objects.delete('other/x.gz')
    const { readSource } = await import('./read-source')
    const records = []
    for await (const batch of readSource(sources[0])) records.push(...batch.records)
    expect(records).toMatchObject([{ ok: false, line: 0, reason: expect.stringContaining('gone') as string }])
  })
})
