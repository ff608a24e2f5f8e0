/** Tests a key that becomes invalid while a batch is delivered. */
import { clickIds, clicks } from '../support/clicks'
import { subscribe } from '../support/segment'
import { serveSandbox } from '../support/served-sandbox'

test('after a 401, delivered events succeed, all others fail with an authentication error, and no further request is sent', async () => {
  const sandbox = await serveSandbox()
  // The other answers are slow, so that the 401 comes first.
  sandbox.script([
    { status: 204, times: 2, delay: 300 },
    { status: 401, times: 1 },
    { status: 204, times: 20, delay: 300 }
  ])
  const results = await subscribe('Click').onBatch(clicks(1_000))
  await sandbox.close()

  const [refused, ...delivered] = sandbox.exchanges.map((exchange) => new Set(clickIds(exchange)))
  expect(sandbox.exchanges.map(({ status }) => status)).toEqual([401, 204, 204, 204])
  expect(sandbox.ledger().clicks).toHaveLength(150)

  results.forEach((result, index) => {
    const id = `click-${index}`
    if (delivered.some((ids) => ids.has(id))) {
      expect(result.status).toBe(204)
    } else {
      expect(result).toMatchObject({
        status: 401,
        errormessage: expect.stringMatching(/^Topsort did not accept the API key \(401 invalid_api_key\)\./) as unknown
      })
      expect(result.sent === undefined).toBe(!refused.has(id))
    }
  })
})
