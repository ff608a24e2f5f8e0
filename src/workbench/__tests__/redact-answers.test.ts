import fc from 'fast-check'
import { redactAnswer } from '../net/redact-answers'

/** Splits a text into chunks, as a server may. */
function toResponse(text: string, sizes: number[]): Response {
  const bytes = new TextEncoder().encode(text)
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      let at = 0
      for (const size of sizes) {
        if (at >= bytes.length) break
        controller.enqueue(bytes.slice(at, at + size))
        at += size
      }
      if (at < bytes.length) controller.enqueue(bytes.slice(at))
      controller.close()
    }
  })
  return new Response(stream, { status: 201, headers: { 'content-type': 'text/plain' } })
}

const part = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.constant('SECRET'))

test('a secret is removed from any chunks of an answer, and the rest does not change', async () => {
  const secrets = fc.constantFrom('TSE_1', 'TSE_a"b\\c', 'aab', 'aaaa')
  await fc.assert(
    fc.asyncProperty(
      secrets,
      fc.array(part),
      fc.array(fc.integer({ min: 1, max: 7 })),
      async (secret, parts, sizes) => {
        const fill = (text: string) => parts.map((item) => (item === 'SECRET' ? text : item)).join('|')
        const answer = redactAnswer(toResponse(fill(secret), sizes), [secret])
        const text = await answer.text()
        expect(text).not.toContain(secret)
        expect(answer.status).toBe(201)
        if (!parts.join('|').includes(secret)) expect(text).toBe(fill('[redacted]'))
      }
    )
  )
})

test.each<[string, (text: string) => string]>([
  ['Base64', (text) => Buffer.from(text).toString('base64')],
  ['Base64 for URLs', (text) => Buffer.from(text).toString('base64url')],
  ['a URL', encodeURIComponent],
  ['a form', (text) => new URLSearchParams({ text }).toString()]
])('a secret is found in %s, wherever it stands', async (_, encode) => {
  const secret = 'TSE_?key>~ of the/shop'
  await fc.assert(
    fc.asyncProperty(
      fc.string(),
      fc.string(),
      fc.array(fc.integer({ min: 1, max: 9 })),
      async (before, after, sizes) => {
        const text = await redactAnswer(toResponse(encode(before + secret + after), sizes), [secret]).text()
        expect(text).toContain('[redacted]')
        expect(text.length).toBeLessThan(encode(before + secret + after).length)
      }
    )
  )
})

test('a secret inside of JSON is found in its escaped form', async () => {
  const answer = redactAnswer(Response.json({ message: 'key a"b\\c!' }), ['a"b\\c'])
  expect(await answer.json()).toEqual({ message: 'key [redacted]!' })
})
