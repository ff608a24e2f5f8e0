import { readErrorBody } from '../error-body'

const KEY = 'TSE_tests_only'
const read = (content: string) => readErrorBody(content, KEY)

describe('readErrorBody', () => {
  test.each<[string, string, string | undefined, string]>([
    [
      'an object with everything',
      '{"errCode":"bad_request","message":"no id","docUrl":"https://docs.topsort.com"}',
      'bad_request',
      'bad_request: no id (https://docs.topsort.com)'
    ],
    ['a code alone', '{"errCode":"bad_request"}', 'bad_request', 'bad_request'],
    ['an error of the key', '{"error":"Forbidden","message":"no"}', 'Forbidden', 'Forbidden: no'],
    ['a list', '[{"errCode":"one"},{"errCode":"two","message":"2"}]', 'one', 'one; two: 2'],
    ['a list with other things in it', '[null,1,{"errCode":"one"},["x"],"two"]', 'one', 'one; two']
  ])("recognizes Topsort's errors in %s", (_name, content, code, words) => {
    expect(read(content)).toMatchObject({ code, words, isTopsorts: true })
  })

  test.each<[string, string, string]>([
    ["a message alone, such as a gateway's", '{"message":"Forbidden"}', 'Forbidden'],
    ['a link alone', '{"docUrl":"https://docs.topsort.com"}', '(https://docs.topsort.com)'],
    ['empty values', '{"errCode":" ","message":"","docUrl":null}', ''],
    ['values that are not text', '{"errCode":7,"message":{"en":"no"}}', ''],
    ['text in JSON', '"no"', 'no'],
    ['a number', '7', ''],
    ['null', 'null', ''],
    ['an empty list', '[]', ''],
    ['plain text', 'no, \n\t thanks\u0007', 'no, thanks'],
    ['JSON that is cut', '{"errCode":"bad_req', '{"errCode":"bad_req'],
    ['text with a tag that is cut', 'no <a href="https://docs', 'no'],
    ['nothing', '', '']
  ])("returns the words of %s, which does not have the format of Topsort's errors", (_name, content, words) => {
    expect(read(content)).toMatchObject({ words, isTopsorts: false })
    expect(read(content).code).toBeUndefined()
  })

  it('drops the tags, the title, the style and the scripts of a page', () => {
    const page =
      '<html><head><title>502</title><style type="text/css">a{}</style><script>1 < 2</script></head><body>Bad<br/>Gateway</body></html>'

    expect(read(page)).toMatchObject({ words: 'Bad Gateway', record: page })
  })

  it('cuts long codes and words, and puts them on one line', () => {
    const long = 'line\n'.repeat(10_000)
    const { code = '', words } = read(JSON.stringify({ errCode: long, message: long }))

    for (const said of [code, words]) {
      expect(said.length).toBe(301)
      expect(said).toMatch(/^(line )+.*…$/)
    }
  })

  it('keeps words that are just short enough', () => {
    expect(read('x'.repeat(300)).words).toBe('x'.repeat(300))
  })

  test.each<[string, unknown]>([
    ['{"a":1}', { a: 1 }],
    ['[{"a":1}]', '[{"a":1}]'],
    ['"text"', '"text"'],
    ['null', 'null'],
    ['', ''],
    ['<p>', '<p>']
  ])('records %j as %j', (content, record) => {
    expect(read(content).record).toEqual(record)
  })

  it('cuts a record after 2,000 characters', () => {
    const longest = { a: 'x'.repeat(1_992) }

    expect(read(JSON.stringify(longest)).record).toEqual(longest)
    expect(read(JSON.stringify({ a: 'x'.repeat(1_993) })).record).toBe(`{"a":"${'x'.repeat(1_993)}"…`)
    expect(read('x'.repeat(3_000)).record).toBe(`${'x'.repeat(2_000)}…`)
  })

  test.each<[string, string, string]>([
    ['a message', KEY, `{"errCode":"no","message":"${KEY} and ${KEY}"}`],
    ['a code', KEY, `{"errCode":"${KEY}"}`],
    ['a property', KEY, `{"${KEY}":1,"message":"no"}`],
    ['a message with escapes', KEY, `{"message":"\\u0054SE_tests\\u005fonly"}`],
    ['a list with escapes', KEY, `[{"message":"TS\\u0045_tests_only"}]`],
    ['a page', KEY, `<p>Bearer ${KEY}</p>`],
    ['JSON that is cut', KEY, `{"message":"${KEY}`],
    ['a message, where the key has special characters', 'TSE_a.b*"\\c', '{"message":"no TSE_a.b*\\"\\\\c!"}'],
    ['text, where the key has special characters', 'TSE_a.b*"\\c', 'Bearer TSE_a.b*"\\c']
  ])('redacts the key in %s', (_name, key, content) => {
    const body = readErrorBody(content, key)

    expect(JSON.stringify(body)).toContain('[API key]')
    expect([body.words, body.code ?? '', JSON.stringify(body.record)].join('\n')).not.toContain(key)
    expect(JSON.stringify(body)).not.toContain(JSON.stringify(key).slice(1, -1))
  })

  test.each(['"', '{', 'e', ':', '1'])('reads an answer with any key, even %s', (key) => {
    expect(JSON.stringify(readErrorBody('{"errCode":"no","n":1}', key))).toContain('[API key]')
  })

  it('redacts nothing without a key', () => {
    expect(readErrorBody('no', '').words).toBe('no')
  })

  test.each(['<style>', '<', ' \n', '['])('readErrorBody is fast for a long answer of %j', (part) => {
    expect(read(part.repeat(200_000)).words.length).toBeLessThanOrEqual(301)
  })

  it('reads JSON that is nested too deeply for JSON.stringify', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`

    expect(read(deep)).toMatchObject({ isTopsorts: false })
  })
})
