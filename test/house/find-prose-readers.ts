import ts from 'typescript'

/** Code that looks into a sentence. `code` is its text on one line. */
export type ProseReader = { file: string; line: number; code: string }

/** The names of values that are sentences for people. */
const SENTENCES = new Set([
  ...['message', 'errormessage', 'errorMessage', 'sentence', 'note', 'title', 'headline'],
  ...['why', 'cure', 'meaning', 'remedy', 'rule', 'description', 'label', 'hint']
])

/** Methods of a text that look into it. */
const READING = new Set([
  ...['includes', 'indexOf', 'lastIndexOf', 'startsWith', 'endsWith', 'search', 'match', 'matchAll'],
  ...['replace', 'replaceAll', 'split', 'slice', 'substring', 'substr', 'charAt', 'at', 'localeCompare']
])

/** Methods of a regular expression, which get the text. */
const TESTING = new Set(['test', 'exec'])

const EQUALITY = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken
])

/**
 * Finds code that takes a sentence apart, or compares it with one. Names tell what a sentence is, also of variables that
 * get one: `const {message: text} = delivery`.
 *
 * @param file its extension decides whether it may contain JSX
 */
export function findProseReaders(file: string, source: string): ProseReader[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true)
  const names = new Set(SENTENCES)
  const found: ProseReader[] = []

  function isSentence(node: ts.Node | undefined): boolean {
    if (node === undefined) return false
    if (ts.isIdentifier(node)) return names.has(node.text)
    if (ts.isPropertyAccessExpression(node)) return SENTENCES.has(node.name.text)
    if (ts.isElementAccessExpression(node)) {
      return ts.isStringLiteralLike(node.argumentExpression) && SENTENCES.has(node.argumentExpression.text)
    }
    if (ts.isCallExpression(node)) {
      // A copy, such as `message.trim()`, or `String(message)`.
      const { expression } = node
      if (ts.isPropertyAccessExpression(expression)) return isSentence(expression.expression)
      return ts.isIdentifier(expression) && expression.text === 'String' && isSentence(node.arguments.at(0))
    }
    if (ts.isBinaryExpression(node)) return isSentence(node.left)
    if (ts.isTemplateExpression(node)) return node.templateSpans.some((span) => isSentence(span.expression))
    const isWrapped =
      ts.isParenthesizedExpression(node) ||
      ts.isAsExpression(node) ||
      ts.isSatisfiesExpression(node) ||
      ts.isNonNullExpression(node)
    return isWrapped && isSentence(node.expression)
  }

  function isReading(node: ts.Node): boolean {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression: owner, name } = node.expression
      if (READING.has(name.text)) return isSentence(owner)
      return TESTING.has(name.text) && isSentence(node.arguments.at(0))
    }
    if (!ts.isBinaryExpression(node) || !EQUALITY.has(node.operatorToken.kind)) return false
    const [one, other] = [node.left, node.right]
    return (isSentence(one) && isProse(other)) || (isSentence(other) && isProse(one))
  }

  function collectNames(node: ts.Node): void {
    if (ts.isBindingElement(node) && ts.isIdentifier(node.name)) {
      const { propertyName } = node
      if (propertyName && ts.isIdentifier(propertyName) && SENTENCES.has(propertyName.text)) names.add(node.name.text)
    }
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && isSentence(node.initializer)) {
      names.add(node.name.text)
    }
    ts.forEachChild(node, collectNames)
  }

  function visit(node: ts.Node): void {
    if (isReading(node)) {
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart())
      found.push({ file, line: line + 1, code: node.getText().replace(/\s+/g, ' ') })
    }
    ts.forEachChild(node, visit)
  }

  collectNames(tree)
  visit(tree)
  return found
}

/** Whether an expression is a text of several words. A comparison with empty text reads nothing. */
function isProse(node: ts.Node): boolean {
  return ts.isTemplateExpression(node) || (ts.isStringLiteralLike(node) && /\S\s+\S/.test(node.text))
}
