import { execFileSync } from 'node:child_process'
import { toCurl } from '../detail/to-curl'

describe('a request as a command', () => {
  it('a shell reads the curl command as the same request, with the key from a variable', () => {
    const body = { clicks: [{ id: 'it\'s $HOME `id` "\\ \n' }] }
    const headers = { Authorization: 'Bearer [redacted]', 'content-type': 'application/json' }
    const command = toCurl({ method: 'POST', url: 'https://api.topsort.com/v2/events', headers, body })
    const read = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], {
      env: { TOPSORT_API_KEY: 'TSE_key' },
      encoding: 'utf8'
    })
    expect(read.split('\0').slice(0, -1)).toEqual([
      '-X',
      'POST',
      'https://api.topsort.com/v2/events',
      '-H',
      'Authorization: Bearer TSE_key',
      '-H',
      'content-type: application/json',
      '-d',
      JSON.stringify(body)
    ])
  })
})
