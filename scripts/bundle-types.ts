import path from 'node:path'
import ts from 'typescript'

/**
 * Bundles the types that a file exports, and all types that these use, into a declaration file that imports nothing. The
 * types of constants become unions. Types that are not exported get a number if their name is taken.
 *
 * @param root the folder of `tsconfig.json`
 * @throws Error if a type uses a class, an enum or an imported type without a name
 */
export function bundleTypes(root: string, entry: string): string {
  const program = createProgram(root, entry)
  const checker = program.getTypeChecker()
  const names = new Map<ts.Symbol, string>()
  const waiting: ts.Symbol[] = []

  /** Returns the name of a type in the bundle. Adds the type if it is not there yet. */
  const nameOf = (symbol: ts.Symbol, wanted = symbol.name): string => {
    const known = names.get(symbol)
    if (known !== undefined) return known
    const taken = new Set(names.values())
    let name = wanted
    for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`
    names.set(symbol, name)
    waiting.push(symbol)
    return name
  }

  /** Returns what a part of a type becomes, or undefined if only its own parts change. */
  const replace = (node: ts.Node): string | undefined => {
    if (isOfConstant(node)) {
      const { NoTruncation, InTypeAlias } = ts.TypeFormatFlags
      return checker.typeToString(checker.getTypeFromTypeNode(node), undefined, NoTruncation | InTypeAlias)
    }
    if (!ts.isIdentifier(node) || !isReference(node)) return undefined
    const symbol = checker.getSymbolAtLocation(node)
    if (symbol === undefined) throw new Error(`The type ${node.text} is unknown.`)
    const target = resolve(checker, symbol)
    const isGlobal = target.declarations?.some((each) => program.isSourceFileDefaultLibrary(each.getSourceFile()))
    return isGlobal || target.flags & ts.SymbolFlags.TypeParameter ? undefined : nameOf(target)
  }

  const module = checker.getSymbolAtLocation(program.getSourceFile(path.join(root, entry)) as ts.Node)
  const exported = module ? checker.getExportsOfModule(module) : []
  for (const each of exported) nameOf(resolve(checker, each), each.name)
  const exportedNames = new Set(names.values())
  const texts: string[] = []
  for (let symbol = waiting.shift(); symbol; symbol = waiting.shift()) {
    const name = nameOf(symbol)
    texts.push(write(symbol, exportedNames.has(name) ? `export type ${name}` : `type ${name}`, replace))
  }
  return `${texts.join('\n\n')}\n\nexport {}\n`
}

function createProgram(root: string, entry: string): ts.Program {
  const file = path.join(root, 'tsconfig.json')
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(file, (name) => ts.sys.readFile(name)).config,
    ts.sys,
    root
  )
  return ts.createProgram([path.join(root, entry)], options)
}

/** Returns what an import or an export stands for. */
function resolve(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
}

/** Returns whether a type is made of a constant: `keyof typeof TABLE`, `(typeof LIST)[number]` or `typeof VALUE`. */
function isOfConstant(node: ts.Node): node is ts.TypeNode {
  if (ts.isTypeQueryNode(node)) return true
  if (ts.isTypeOperatorNode(node) || ts.isParenthesizedTypeNode(node)) return isOfConstant(node.type)
  return ts.isIndexedAccessTypeNode(node) && isOfConstant(node.objectType)
}

function isReference({ parent }: ts.Identifier): boolean {
  return ts.isTypeReferenceNode(parent) || ts.isExpressionWithTypeArguments(parent)
}

/** Returns the source of a type with other parts, and with its comments. */
function write(symbol: ts.Symbol, head: string, replace: (node: ts.Node) => string | undefined): string {
  const declaration = symbol.declarations?.[0]
  const isInterface = declaration !== undefined && ts.isInterfaceDeclaration(declaration)
  if (!isInterface && !(declaration && ts.isTypeAliasDeclaration(declaration))) {
    throw new Error(`${symbol.name} is not a type that can be bundled.`)
  }
  const source = declaration.getSourceFile()
  const comments = source.text.slice(declaration.getStart(source, true), declaration.getStart(source))
  let text = comments + (isInterface ? head.replace('type ', 'interface ') : head)
  let end = declaration.name.end
  const visit = (node: ts.Node): void => {
    const replaced = replace(node)
    if (replaced === undefined) {
      ts.forEachChild(node, visit)
      return
    }
    text += source.text.slice(end, node.getStart(source)) + replaced
    end = node.end
  }
  ts.forEachChild(declaration, visit)
  return text + source.text.slice(end, declaration.end)
}
