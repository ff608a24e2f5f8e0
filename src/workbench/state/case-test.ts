import type { WorkbenchState } from './read-state'

/** Writes a test for `node --test`: the calls of a case still become what was sent for them. */
export function writeCaseTest({ calls, entries }: WorkbenchState): string {
  const expected = entries.flatMap(({ call, mapping, delivery }) =>
    call === undefined ? [] : [[`${calls[call].messageId} ${mapping?.name ?? null}`, delivery?.sent ?? null]]
  )
  return `/**
 * A case of the workbench as a test. It replaces what the workbench has, and keeps its mappings. Start the workbench, then
 * run \`node --test workbench-test.mjs\`.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'

const host = process.env.SEGMENT_HOST ?? \`http://localhost:\${process.env.PORT ?? 3000}\`

/** The calls of the shop. */
const calls = ${JSON.stringify(calls, null, 2)}

/** What Topsort gets, by the message id and the mapping. \`null\`: nothing. */
const expected = ${JSON.stringify(Object.fromEntries(expected), null, 2)}

test('Topsort gets the same for each call of the case', async () => {
  const opened = await fetch(\`\${host}/workbench/state\`, { method: 'PUT', body: JSON.stringify(calls) })
  assert.equal(opened.status, 200)
  const response = await fetch(\`\${host}/workbench/deliveries?wait\`)
  const deliveries = (await response.json()).filter(({ event }) => event)
  const sent = deliveries.map(({ event, mapping, sent = null }) => [\`\${event.messageId} \${mapping}\`, sent])
  assert.deepEqual(Object.fromEntries(sent), expected)
})
`
}
