import ts from 'typescript'

/** A text of the source code. `…` stands for the values that are filled in: `a ${b} c` is `a … c`. */
export type Text = { text: string; line: number }

/** The texts of field definitions. People see them in Segment's mapping editor, and not as messages. */
const DEFINITIONS = ['label', 'title', 'description', 'defaultSubscription']

/**
 * Collects the messages in a source file: strings and templates of at least three words. Field definitions, presets,
 * types, imports and tagged templates are not messages.
 */
export function collectMessages(source: string): Text[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true)
  const texts: Text[] = []
  visit(file)
  return texts.filter(({ text }) => isProse(text))

  function visit(node: ts.Node): void {
    if (isDefinition(node) || ts.isImportDeclaration(node) || ts.isTypeNode(node)) return
    const text = readText(node)
    if (text !== undefined) texts.push({ text, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 })
    ts.forEachChild(node, visit)
  }
}

/** Collects the strings in snake case in a source file, which are reason codes. */
export function collectCodes(source: string): string[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true)
  const codes = new Set<string>()
  visit(file)
  return [...codes]

  function visit(node: ts.Node): void {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return
    if (ts.isStringLiteral(node) && /^[a-z]+(_[a-z]+)+$/.test(node.text)) codes.add(node.text)
    ts.forEachChild(node, visit)
  }
}

function readText(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (ts.isTemplateExpression(node)) {
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…')
  }
  return undefined
}

function isDefinition(node: ts.Node): boolean {
  if (ts.isTaggedTemplateExpression(node)) return true
  if (ts.isCallExpression(node)) return /^(\w+P|p)reset$/.test(node.expression.getText())
  return ts.isPropertyAssignment(node) && DEFINITIONS.includes(node.name.getText())
}

function isProse(text: string): boolean {
  return text.split(/\s+/).filter((word) => /[a-z]{2}/.test(word)).length > 2
}
