import { readCaseFile } from '../case-file'

const call = { type: 'track', event: 'Product Clicked' }

test('a saved state is a case with its time and whether it is masked', () => {
  const state = { format: 'topsort-workbench-state', savedAt: '2026-01-31T12:00:00.000Z', masked: true, calls: [call] }
  expect(readCaseFile('case.json', JSON.stringify(state, null, 2))).toEqual({
    name: 'case.json',
    content: state,
    events: 1,
    savedAt: '2026-01-31T12:00:00.000Z',
    masked: true
  })
})

test('Segment calls in JSON Lines are a case, also if there is only one', () => {
  const line = JSON.stringify(call)
  expect(readCaseFile('case.jsonl', `${line}\n\n${line}\n`)).toMatchObject({ content: [call, call], events: 2 })
  expect(readCaseFile('case.jsonl', line)).toMatchObject({ content: [call], events: 1, masked: false })
})

test.each(['', 'no JSON', '{"type": 1}', '[]', `${JSON.stringify(call)}\nno JSON`])('%j is no case', (text) => {
  expect(() => readCaseFile('other.txt', text)).toThrow('other.txt is no case. Use a file from "Share this case"')
})
