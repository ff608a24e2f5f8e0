/**
 * A plugin for Stryker that does not change labels and descriptions, because tests of behavior do not check their text.
 * `npm run check:definition` finds empty ones.
 */
export const strykerPlugins = [{ kind: 'Ignore', name: 'words', value: { shouldIgnore } }]

/** @param {{ node: { type: string, key?: { name?: string }, value?: { type: string } } }} path of a syntax tree */
function shouldIgnore({ node: { type, key, value } }) {
  const isText = ['StringLiteral', 'TemplateLiteral'].includes(value?.type)
  return type === 'ObjectProperty' && isText && ['label', 'description'].includes(key?.name) ? 'Words.' : undefined
}
