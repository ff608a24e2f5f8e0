import path from 'node:path'
import { InputError } from '../../core'
import { readArguments } from '../arguments'

const TLS = path.resolve(__dirname, '../../../test/fixtures/tls')
const cert = path.join(TLS, 'localhost.pem')
const calls = path.resolve(__dirname, '../../archive/read/__tests__/tables/events.jsonl')

const portError = 'PORT must be a whole number from 0 to 65535: PORT=3000 npm start'
const keyError = '--live needs a Marketplace API key: TOPSORT_API_KEY=TSE_... npm start -- --live'
const keepError = '--keep must be a whole number from 1 to 1000000: npm start -- --keep 10000'
const strictError = '--strict-bids changes the sandbox, and --live has none. Use only one of them.'
const lenientError = '--lenient changes the sandbox, and --live has none. Use only one of them.'
const callsError = '--open has Segment calls, and --live would bill them again. Use only one of them.'
const bothError = 'HTTPS needs both a certificate and its key: npm start -- --cert FILE --key FILE'

test.each<[string, Record<string, string>, string[], string | RegExp]>([
  ['an argument', {}, ['live'], 'Invalid options: live. For help: npm start -- --help'],
  ['a port that is not a number', { PORT: 'http' }, [], portError],
  ['a port that does not exist', { PORT: '65536' }, [], portError],
  ['--live without a key', { TOPSORT_API_KEY: ' ' }, ['--live'], keyError],
  ['--keep with zero', {}, ['--keep', '0'], keepError],
  ['--keep with a word', {}, ['--keep', 'all'], keepError],
  ['--keep with too many', {}, ['--keep', '1000001'], keepError],
  ['--strict-bids with --live', { TOPSORT_API_KEY: 'TSE_mine' }, ['--live', '--strict-bids'], strictError],
  ['--lenient with --live', { TOPSORT_API_KEY: 'TSE_mine' }, ['--live', '--lenient'], lenientError],
  ['Segment calls with --live', { TOPSORT_API_KEY: 'TSE_mine' }, ['--live', '--open', calls], callsError],
  ['--cert without --key', {}, ['--cert', cert], bothError],
  ['--key without --cert', {}, ['--key', cert], bothError],
  ['a certificate that is not there', {}, ['--cert', 'no.pem', '--key', cert], /^--cert cannot be read: ENOENT[^\n]*$/],
  ['a state that is not there', {}, ['--open', 'no.json'], /^--open cannot be read: ENOENT[^\n]*$/],
  ['a state that is not JSON', {}, ['--open', cert], /^--open needs a file that GET \/workbench\/state[^\n]*$/],
  ['filters that are not there', {}, ['--filters', 'no.json'], /^--filters cannot be read: ENOENT[^\n]*$/],
  ['filters that are not JSON', {}, ['--filters', cert], /^--filters: The filters are not JSON[^\n]*$/],
  ['a key that is none', {}, ['--cert', cert, '--key', cert], /^--cert and --key must be a certificate in PEM [^\n]*$/]
])('%s is an error of one line', (_, env, args, message) => {
  expect(() => readArguments(args, env)).toThrow(InputError)
  expect(() => readArguments(args, env)).toThrow(typeof message === 'string' ? new Error(message) : message)
})
