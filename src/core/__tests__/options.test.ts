import { listOptions, type Options, parseOptions } from '../options'

const OPTIONS = {
  keep: { value: 'N', default: '100', does: 'Keeps the newest **N** events of [a page](#page)' },
  source: { value: 'ID', isMultiple: true, does: 'Reads `ID` only' },
  file: { value: 'FILE', does: 'Reads a file' },
  json: { does: 'Prints JSON' }
} as const satisfies Options

test('An option that is not given has its default', () => {
  expect(parseOptions(OPTIONS, ['logs'])).toEqual({
    isHelp: false,
    values: { keep: '100', source: undefined, file: undefined, json: false },
    given: [],
    positionals: ['logs']
  })
})

test('An option that is given has its value, and is named', () => {
  expect(parseOptions(OPTIONS, ['--source', 'a', '--source=b', '--json', '-h'])).toEqual({
    isHelp: true,
    values: { keep: '100', source: ['a', 'b'], file: undefined, json: true },
    given: ['source', 'json'],
    positionals: []
  })
})

test.each([
  [['--jsom'], /Unknown option '--jsom'/],
  [['--keep'], /'--keep <value>' argument missing/],
  [['--json=yes'], /'--json' does not take an argument/]
])('%j is an InputError', (args, message) => {
  expect(() => parseOptions(OPTIONS, args)).toThrow(expect.objectContaining({ name: 'InputError' }) as Error)
  expect(() => parseOptions(OPTIONS, args)).toThrow(message)
})

test('The help of options is plain text in columns, with their defaults', () => {
  expect(listOptions(OPTIONS)).toBe(
    [
      '  --keep N     Keeps the newest N events of a page. Default: 100',
      '  --source ID  Reads ID only',
      '  --file FILE  Reads a file',
      '  --json       Prints JSON'
    ].join('\n')
  )
})

test('A long description continues in its column', () => {
  const list = listOptions({ json: { does: 'word '.repeat(40).trim() } })
  expect(list.split('\n').every((line) => line.length <= 120)).toBe(true)
  expect(list.split('\n')[1]).toMatch(/^ {10}word/)
})
