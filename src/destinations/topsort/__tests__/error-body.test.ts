import { readErrorBody, recordBody, redact } from '../error-body'

describe('The body of a refusal', () => {
  test.each<[string, string, { code?: string; words: string }]>([
    [
      'an object with everything',
      '{"errCode":"bad_request","message":"no id","docUrl":"https://docs.topsort.com"}',
      { code: 'bad_request', words: 'bad_request: no id (https://docs.topsort.com)' }
    ],
    ['a code alone', '{"errCode":"bad_request"}', { code: 'bad_request', words: 'bad_request' }],
    ['a message alone', '{"message":"no id"}', { words: 'no id' }],
    ['a link alone', '{"docUrl":"https://docs.topsort.com"}', { words: '(https://docs.topsort.com)' }],
    ['an error of the key', '{"error":"Forbidden","message":"no"}', { code: 'Forbidden', words: 'Forbidden: no' }],
    ['blanks', '{"errCode":" ","message":"","docUrl":null}', { words: '' }],
    ['a list', '[{"errCode":"one"},{"errCode":"two","message":"2"}]', { code: 'one', words: 'one; two: 2' }],
    ['a list with other things in it', '[null,1,{"errCode":"one"},["x"],"two"]', { code: 'one', words: 'one; two' }],
    ['text in JSON', '"no"', { words: 'no' }],
    ['a number', '7', { words: '' }],
    ['plain text', 'no, \n\t thanks\u0007', { words: 'no, thanks' }],
    ['text with a tag that is cut', 'no <a href="https://docs', { words: 'no' }],
    ['nothing', '', { words: '' }]
  ])('may be %s', (_name, content, { code, words }) => {
    expect(readErrorBody(content)).toEqual({ code, words })
  })

  it('is read without the tags, the title, the style and the scripts of a page', () => {
    const page =
      '<html><head><title>502</title><style type="text/css">a{}</style><script>1 < 2</script></head><body>Bad<br/>Gateway</body></html>'

    expect(readErrorBody(page).words).toBe('Bad Gateway')
  })

  it('has a short code and short words, each in one line', () => {
    const long = 'line\n'.repeat(10_000)
    const { code = '', words } = readErrorBody(JSON.stringify({ errCode: long, message: long }))

    for (const said of [code, words]) {
      expect(said.length).toBeLessThanOrEqual(301)
      expect(said).toMatch(/^(line )+.*…$/)
    }
  })

  it('is whole where it is just short enough', () => {
    expect(readErrorBody('x'.repeat(300)).words).toBe('x'.repeat(300))
  })

  it('is read in no time, whatever it is', () => {
    const start = Date.now()
    readErrorBody('<style>'.repeat(200_000))
    readErrorBody('<'.repeat(1_000_000))
    readErrorBody(' \n'.repeat(1_000_000))

    expect(Date.now() - start).toBeLessThan(1_000)
  })
})

describe('The record of an answer', () => {
  test.each<[string, unknown]>([
    ['{"a":1}', { a: 1 }],
    ['[{"a":1}]', '[{"a":1}]'],
    ['"text"', '"text"'],
    ['null', 'null'],
    ['', ''],
    ['<p>', '<p>']
  ])('of %j is %j', (content, record) => {
    expect(recordBody(content)).toEqual(record)
  })

  it('is no longer than 2,000 characters', () => {
    const longest = { a: 'x'.repeat(1_992) }

    expect(recordBody(JSON.stringify({ a: 'x'.repeat(3_000) }))).toBe(`{"a":"${'x'.repeat(1_994)}…`)
    expect(recordBody(JSON.stringify(longest))).toEqual(longest)
  })
})

describe('The key', () => {
  it('is taken out of what Topsort said, everywhere', () => {
    expect(redact('Bearer TSE_a.b*c and TSE_a.b*c', 'TSE_a.b*c')).toBe('Bearer [API key] and [API key]')
  })
})
