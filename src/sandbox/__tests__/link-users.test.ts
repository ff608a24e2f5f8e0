import { createSandbox, type SandboxExchange } from '..'
import { emptyLedger, errorBody, report } from './events'

function open() {
  const exchanges: SandboxExchange[] = []
  const sandbox = createSandbox({ onRequest: (exchange) => exchanges.push(exchange) })
  const link = (body: unknown, authorization?: string) =>
    sandbox.app.request('/v2/events/beta/link-users', report(body, authorization))
  return { ...sandbox, exchanges, link }
}

describe('linking users', () => {
  test('linking users is answered with 204, and the pair is in the ledger', async () => {
    const { link, ledger, exchanges } = open()
    const response = await link({ from: 'anonymous', to: 'u'.repeat(64) })
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(ledger()).toEqual({ ...emptyLedger, links: [{ from: 'anonymous', to: 'u'.repeat(64) }] })
    expect(exchanges).toEqual([{ body: { from: 'anonymous', to: 'u'.repeat(64) }, status: 204, stored: true }])
  })

  test('marks a repeated pair', async () => {
    const { link, ledger, forget } = open()
    const pair = { from: 'a', to: 'b' }
    await link(pair)
    await link({ from: 'b', to: 'a' })
    await link(pair)
    expect(ledger().links).toEqual([pair, { from: 'b', to: 'a' }, { ...pair, repeat: true }])
    forget()
    await link(pair)
    expect(ledger().links).toEqual([pair])
  })

  test.each<[unknown, string]>([
    [{ from: 'a' }, 'the body must have the key to'],
    [{ from: '', to: 'b' }, 'from must NOT have fewer than 1 characters'],
    [{ from: 'a', to: 'b'.repeat(65) }, 'to must NOT have more than 64 characters'],
    [{ from: 'a', to: 'a' }, 'to must differ from from'],
    [{ from: 'a', to: 7 }, 'to must be string'],
    [{ from: 'a', to: 'b', at: 1 }, 'the body must not have the key at'],
    [[{ from: 'a', to: 'b' }], 'the body must be object']
  ])('linking users is refused for %j', async (body, message) => {
    const { link, ledger } = open()
    const response = await link(body)
    expect([response.status, await response.json()]).toEqual([400, errorBody('bad_request', message)])
    expect(ledger()).toEqual(emptyLedger)
  })

  test('linking users needs a valid key, and fails as scripted', async () => {
    const { link, script, app } = open()
    expect((await link({ from: 'a', to: 'b' }, 'Bearer wrong')).status).toBe(401)
    script([{ status: 403, times: 1 }])
    expect((await link({ from: 'a', to: 'b' })).status).toBe(403)
    expect((await app.request('/v2/events/beta/link-users')).status).toBe(405)
  })
})
