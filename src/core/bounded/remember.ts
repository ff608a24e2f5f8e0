/**
 * Returns a function that remembers the results of another one, for texts of which nearly all occur again.
 *
 * @param limit how many texts are remembered. The result of any other is found each time
 */
export function remember<Result>(limit: number, find: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>()
  return (text) => {
    const remembered = known.get(text)
    if (remembered !== undefined) return remembered
    const found = find(text)
    if (known.size < limit) known.set(text, found)
    return found
  }
}
