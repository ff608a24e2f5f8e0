import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { readJsonBody } from '..'

const LIMIT = 500 * 1024

const value = {
  batch: Array.from({ length: 20 }, (_, index) => ({
    type: 'track',
    event: 'Product Clicked',
    messageId: `m${index}`,
    anonymousId: 'a1',
    properties: { product_id: `p${index}` }
  }))
}
const json = Buffer.from(JSON.stringify(value))

// Node 20 cannot compress with zstd. The program zstd 1.5 made these from the JSON above as a file and through a pipe,
// and from 20 MB of zeros.
const ZSTD_OF_FILE = Buffer.from(
  'KLUv/WDfB00HADLJHR1QqepQVnC//Y8/IM9SwyEKNg0kkNi6aWAyZmYFA7VQq9n////////PWNMwzLIoSpIgyHH8q1Yb8TFUzXMfKjdCGb18NycYURKUnJeNyM2OYBFuzo287Cz0HkUAQN/kQDlwM5V2sV6GnpPUzRsp6orQnHjUHVwFKiDgwpEJH7DjKaqjdKDjyTSHkkCO5ymOEgMcT9EbSgc3nkxtlARsPE9rKDGo8RSlUTqg8WSdoWQx4xkro3Qg48mCJI8uJDaRpHSLWEoy0aXEFklKNxFLSRZdSmwiSem2iHU+B21uH7BW7AqPCSIK',
  'base64'
)
const ZSTD_OF_PIPE = Buffer.from(
  'KLUv/QRYPQcAkokeHVCp6lBWcL/9jz9QSNVrKwo2DRqObd00MBkzs4IBtVCrnf///////99xmoZhlkVRkgRBjuNftdqIZn6PIbpinvtQuRHK6OW3OcGIkqDUvGxEZn6CRbQ5N/LyW8g9igCAuulBOTAzlXaxXoZck9TMGynqisCccLQdXAUoIABDCSZ8sOMpqqN0oOPJNIeSQI7nKY4SAxxP0RtKBzeeTG2UBGw8T2soMajxFKVROqDxZJ2hZDHjGSujdCDjyVKSRZcSWyRBukUsJXl0KbFHktI9YinJo0uJPZKU7ohY5zvUcfA+1uYoO+nWpQ==',
  'base64'
)
const ZSTD_OF_ZEROS = Buffer.from(
  'KLUv/QRoTAAACAABAPz/ORACAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAANoCQAh91DZ',
  'base64'
)

/** A frame that needs a window of 2 GB, but contains only one byte. */
const ZSTD_WITH_HUGE_WINDOW = Buffer.from('28b52ffd00a80900007b', 'hex')

const GZIP_OF_300_MB = gzipSync(Buffer.alloc(300_000_000))

/** Reads a body that arrives in chunks of 1,000 bytes. */
function read(body: Uint8Array, encoding?: string, maxBytes = LIMIT) {
  const chunks = Array.from({ length: Math.ceil(body.length / 1_000) }, (_, index) =>
    body.subarray(index * 1_000, (index + 1) * 1_000)
  )
  const headers = encoding === undefined ? undefined : { 'content-encoding': encoding }
  const request = new Request('http://localhost/', {
    method: 'POST',
    headers,
    body: new ReadableStream({
      pull(controller) {
        const chunk = chunks.shift()
        if (chunk) controller.enqueue(chunk)
        else controller.close()
      }
    }),
    duplex: 'half'
  } as RequestInit)
  return readJsonBody(request, maxBytes).then((result) => ({ ...result, unread: chunks.length }))
}

describe('a body is read', () => {
  test.each<[string, Uint8Array, string | undefined]>([
    ['without compression', json, undefined],
    ['as identity', json, 'identity'],
    ['as gzip', gzipSync(json), 'gzip'],
    ['as gzip in capitals', gzipSync(json), 'GZIP'],
    ['as x-gzip', gzipSync(json), 'x-gzip'],
    ['as deflate', deflateSync(json), 'deflate'],
    ['as deflate without its header', deflateRawSync(json), 'deflate'],
    ['as br', brotliCompressSync(json), 'br'],
    ['as zstd with its size', ZSTD_OF_FILE, 'zstd'],
    ['as zstd without its size, with a checksum', ZSTD_OF_PIPE, 'zstd'],
    ['as gzip inside br', brotliCompressSync(gzipSync(json)), 'gzip, br']
  ])('a body is read: %s', async (_, body, encoding) => {
    expect(await read(body, encoding)).toEqual({ ok: true, json: value, unread: 0 })
  })

  test('a body is read up to its limit, which counts after decompression', async () => {
    const text = (bytes: number) => Buffer.from(`"${'x'.repeat(bytes - 2)}"`)
    expect(await read(gzipSync(text(1_000)), 'gzip', 1_000)).toMatchObject({ ok: true })
    expect(await read(gzipSync(text(1_001)), 'gzip', 1_000)).toMatchObject({ ok: false, status: 413 })
    expect(await read(text(1_000), undefined, 1_000)).toMatchObject({ ok: true })
    expect(await read(text(1_001), undefined, 1_000)).toMatchObject({ ok: false, status: 413 })
  })
})

describe('a body that is too large', () => {
  test.each<[string, Uint8Array, string | undefined, string]>([
    ['as it is', Buffer.alloc(LIMIT + 1, ' '), undefined, 'The body is larger than 500 KB'],
    ['as gzip', gzipSync(Buffer.alloc(LIMIT + 1)), 'gzip', 'The body is larger than 500 KB after decompression'],
    ['as br', brotliCompressSync(Buffer.alloc(LIMIT + 1)), 'br', 'The body is larger than 500 KB after decompression'],
    ['as zstd', ZSTD_OF_ZEROS, 'zstd', 'The body is larger than 500 KB after decompression']
  ])('gives a 413 and is read to its end: %s', async (_, body, encoding, message) => {
    expect(await read(body, encoding)).toEqual({ ok: false, status: 413, message, unread: 0 })
  })

  test('takes little memory even if it is a decompression bomb', async () => {
    const before = process.memoryUsage().rss
    for (let count = 0; count < 20; count += 1) {
      expect(await read(GZIP_OF_300_MB, 'gzip')).toMatchObject({ ok: false, status: 413 })
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
  })

  test('a body that is too large is refused if zstd needs a larger window than HTTP allows', async () => {
    const before = process.memoryUsage().rss
    expect(await read(ZSTD_WITH_HUGE_WINDOW, 'zstd')).toMatchObject({
      ok: false,
      status: 400,
      message: 'The body is not valid zstd'
    })
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
  })
})

describe('a body that cannot be read says why', () => {
  test.each<[string, Uint8Array, string | undefined, number, string]>([
    ['text as gzip', json, 'gzip', 400, 'The body is not valid gzip'],
    ['half a gzip', gzipSync(json).subarray(0, 100), 'gzip', 400, 'The body is not valid gzip'],
    ['nothing as gzip', Buffer.alloc(0), 'gzip', 400, 'The body is not valid gzip'],
    ['text as zstd', json, 'zstd', 400, 'The body is not valid zstd'],
    ['half a zstd', ZSTD_OF_FILE.subarray(0, 100), 'zstd', 400, 'The body is not valid zstd'],
    ['text as br', json, 'br', 400, 'The body is not valid br'],
    ['text as deflate', json, 'deflate', 400, 'The body is not valid deflate'],
    [
      'gzip without the header',
      gzipSync(json),
      undefined,
      400,
      'The body is not JSON in UTF-8. It is gzip: add the header Content-Encoding: gzip'
    ],
    ['compressed text', gzipSync(Buffer.from('{')), 'gzip', 400, 'The body is not JSON in UTF-8'],
    [
      'an unknown compression',
      json,
      'compress',
      415,
      'The Content-Encoding "compress" is not supported. Use gzip, deflate, br or zstd, or send the body as it is'
    ],
    [
      'four compressions',
      json,
      'gzip, gzip, gzip, gzip',
      415,
      'The Content-Encoding has too many compressions. Use gzip, deflate, br or zstd, or send the body as it is'
    ]
  ])('a body that cannot be read says why: %s', async (_, body, encoding, status, message) => {
    expect(await read(body, encoding)).toEqual({ ok: false, status, message, unread: 0 })
  })

  test.each([{}, { 'content-encoding': 'gzip' }])('a connection that closes: %j', async (headers) => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(gzipSync(json).subarray(0, 10))
      },
      pull(controller) {
        controller.error(new Error('gone'))
      }
    })
    const request = new Request('http://localhost/', { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
    expect(await readJsonBody(request, LIMIT)).toEqual({
      ok: false,
      status: 400,
      message: 'The connection closed before the whole body arrived'
    })
  })
})
