import type { Workbench } from '../server'
import { start } from './running'

let workbench: Workbench

beforeAll(async () => {
  workbench = await start()
})
afterAll(() => workbench.stop())

const load = async (path: string) => {
  const response = await fetch(workbench.url + path)
  return { response, text: await response.text() }
}

test.each([
  ['/', 'page'],
  ['/shop', 'shop']
])('%s is a page whose files come from here only', async (path, name) => {
  const { response, text } = await load(path)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
  expect(text).toContain(`src="/${name}.js"`)
  expect(text).not.toMatch(/(src|href)="(?!\/|data:)/)

  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toContain(`default-src 'none'; script-src 'self'; style-src 'self'; `)
  expect(policy).toContain(`connect-src 'self'`)
  expect(policy).not.toMatch(/unsafe|\*|https?:/)

  for (const [file, type] of [
    [`/${name}.js`, 'text/javascript; charset=utf-8'],
    [`/${name}.css`, 'text/css; charset=utf-8']
  ]) {
    const { response, text } = await load(file)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type])
    expect(text.length).toBeGreaterThan(1_000)
  }
})

test('parts of the page that are loaded later are served, and no other files', async () => {
  const { text } = await load('/page.js')
  const part = /["']\.?(\/parts\/[\w.-]+\.js)["']/.exec(text)?.[1] ?? ''
  expect((await load(part)).response.status).toBe(200)
  for (const path of ['/parts/..%2f..%2fpackage.json', '/parts/nothing.js', '/package.json', '/%2e%2e/package.json']) {
    expect((await load(path)).response.status).toBe(404)
  }
})
