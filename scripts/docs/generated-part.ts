/**
 * Replaces the part of a page between two markers. The rest of the page is written by hand.
 *
 * @param source What the part is written from, as its first marker names it
 * @param name What the part is, as its last marker names it
 * @throws Error if the page lacks the markers
 */
export function replacePart(page: string, source: string, name: string, part: string): string {
  const [start, end] = [`<!-- Written by \`npm run docs\` from ${source}. -->`, `<!-- The end of the ${name}. -->`]
  const [before, after] = [page.split(start)[0], page.split(end)[1] as string | undefined]
  if (before === page || after === undefined) throw new Error(`The page lacks the markers ${start} and ${end}`)
  return `${before}${start}\n\n${part}\n\n${end}${after}`
}
