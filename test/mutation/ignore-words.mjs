/**
 * A plugin for Stryker that leaves labels and descriptions unchanged. Tests of behavior cannot find a defect in their words.
 * `npm run check:definition` finds those that are empty.
 */
export const strykerPlugins = [{ kind: 'Ignore', name: 'words', value: { shouldIgnore } }]

/** @param {{ node: { type: string, key?: { name?: string }, value?: { type: string } } }} path of a syntax tree */
function shouldIgnore({ node: { type, key, value } }) {
  const isText = ['StringLiteral', 'TemplateLiteral'].includes(value?.type)
  return type === 'ObjectProperty' && isText && ['label', 'description'].includes(key?.name) ? 'Words.' : undefined
}
