import ts from 'typescript'

/** A text of the source code, without the values that are filled in: `a ${b} c` has the parts `a ` and ` c`. */
export type Text = { parts: string[]; line: number }

/** The texts of field definitions. People see them in Segment's mapping editor, and not as messages. */
const DEFINITIONS = ['label', 'title', 'description', 'defaultSubscription']

/**
 * Collects all strings and templates of a source file, in which messages are found. Field definitions, presets, types,
 * imports and tagged templates have no messages.
 */
export function collectTexts(source: string): Text[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true)
  const texts: Text[] = []
  visit(file)
  return texts

  function visit(node: ts.Node): void {
    if (isDefinition(node) || ts.isImportDeclaration(node) || ts.isTypeNode(node)) return
    const parts = readParts(node)
    if (parts) texts.push({ parts, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 })
    ts.forEachChild(node, visit)
  }
}

function readParts(node: ts.Node): string[] | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text]
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]
  return undefined
}

function isDefinition(node: ts.Node): boolean {
  if (ts.isTaggedTemplateExpression(node)) return true
  if (ts.isCallExpression(node)) return node.expression.getText() === 'preset'
  return ts.isPropertyAssignment(node) && DEFINITIONS.includes(node.name.getText())
}

/** Returns whether a text has at least two words, so that it is for people. */
export function isProse({ parts }: Text): boolean {
  return (
    parts
      .join('…')
      .split(/\s+/)
      .filter((word) => /[a-z]{2}/i.test(word)).length > 1
  )
}

/** Returns whether a message of the page shows a text. `…`, a name or a number can stand for a value. */
export function shows(message: string, { parts }: Text): boolean {
  return new RegExp(parts.map((part) => escape(part.trim())).join('[^.:;()]*')).test(message)
}

/** Returns what is left of a message of the page without all texts of the source, or nothing if only values are left. */
export function findStaleWords(message: string, texts: Text[]): string | undefined {
  const parts = texts.flatMap(({ parts }) => parts.map((part) => part.trim())).filter((part) => /[a-z]{2}/i.test(part))
  const longestFirst = [...new Set(parts)].sort((a, b) => b.length - a.length)
  const rest = longestFirst.reduce((left, part) => left.split(part).join('…'), message)
  return /[a-z]/i.test(rest) ? rest : undefined
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
