import { attempt } from '../attempt'
import { presetMappings } from '../mappings'
import { definition, events } from './receiver'

test('events without a result of the destination fail and say so', async () => {
  const [mapping] = presetMappings(definition)
  const target = { definition, settings: { url: 'http://127.0.0.1:9' }, mapping }

  expect(await attempt(target, events('Not Batched', 'a', 'b'))).toEqual([
    {
      status: 500,
      ok: false,
      message: 'The destination gave 0 results for 2 events.',
      reason: { code: 'error_thrown', name: 'Error' }
    },
    {
      status: 500,
      ok: false,
      message: 'The destination gave 0 results for 2 events.',
      reason: { code: 'error_thrown', name: 'Error' }
    }
  ])
})
