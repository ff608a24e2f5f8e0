import { deliver } from '../deliver'
import { presetMappings } from '../mappings'
import { definition, events } from './receiver'

test('events that the destination gives no result for are failures that say so', async () => {
  const [mapping] = presetMappings(definition)
  const target = { definition, settings: { url: 'http://127.0.0.1:9' }, mapping }

  expect(await deliver(target, events('Not Batched', 'a', 'b'))).toEqual([
    { status: 500, ok: false, message: 'The destination gave 0 results for 2 events.' },
    { status: 500, ok: false, message: 'The destination gave 0 results for 2 events.' }
  ])
})
