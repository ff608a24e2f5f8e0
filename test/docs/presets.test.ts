import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import topsort from '../../src/destinations/topsort'

test.each(['guide.md', 'catalog-page.md'])('docs/%s has a row for each preset, with its event', (name) => {
  const page = readFileSync(join(__dirname, '../../docs', name), 'utf8')
  const [table] = page.split('\n\n').filter((block) => block.startsWith('| Preset '))
  const [, , ...rows] = table.trimEnd().split('\n')
  const listed = rows.map((row) =>
    row
      .split('|')
      .slice(1, 3)
      .map((cell) => cell.trim())
  )
  const expected = (topsort.presets ?? []).map((preset) => {
    const event = 'subscribe' in preset ? /event = "(.+)"/.exec(preset.subscribe)?.[1] : undefined
    return [preset.name, event ? `Track \`${event}\`` : 'Page and screen calls']
  })
  expect(listed).toEqual(expected)
})
