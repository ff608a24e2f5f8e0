import { compareEntries } from '../compare-entries'

test('an import is compared with what is there, by the names', () => {
  const before = [
    { name: 'Click', parts: { trigger: 'a', enabled: true } },
    { name: 'Same', parts: { trigger: 'b' } },
    { name: 'Gone', parts: { trigger: 'c' } }
  ]
  const after = [
    { name: 'New', parts: { trigger: 'd' } },
    { name: 'Click', parts: { trigger: 'a', enabled: false, id: { '@path': '$.id' } } },
    { name: 'Same', parts: { trigger: 'b' } }
  ]
  expect(compareEntries(before, after)).toEqual([
    { name: 'New', kind: 'added', parts: [{ part: 'trigger', from: undefined, to: 'd' }] },
    {
      name: 'Click',
      kind: 'changed',
      parts: [
        { part: 'enabled', from: true, to: false },
        { part: 'id', from: undefined, to: { '@path': '$.id' } }
      ]
    },
    { name: 'Same', kind: 'same', parts: [] },
    { name: 'Gone', kind: 'removed', parts: [{ part: 'trigger', from: 'c', to: undefined }] }
  ])
})
