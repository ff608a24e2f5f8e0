/**
 * A plugin for Stryker: leaves alone what people read in Segment's web app. A label or a description of other words is no
 * defect that a test of behaviour could find; that none is blank, `npm run check:definition` makes sure of.
 */
export const strykerPlugins = [{ kind: 'Ignore', name: 'words', value: { shouldIgnore } }]

/** @param {{ node: { type: string, key?: { name?: string }, value?: { type: string } } }} path of a syntax tree */
function shouldIgnore({ node: { type, key, value } }) {
  const isText = ['StringLiteral', 'TemplateLiteral'].includes(value?.type)
  return type === 'ObjectProperty' && isText && ['label', 'description'].includes(key?.name) ? 'Words.' : undefined
}
