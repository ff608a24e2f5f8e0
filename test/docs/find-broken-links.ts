/**
 * Returns the relative links of a Markdown page that lead nowhere. Other sites are not asked, and a link that starts
 * with a slash leads to Segment's documentation.
 * @param open Returns the content of a file next to the page, or undefined if there is none. The content of a file that
 *   is not Markdown is not read
 */
export function findBrokenLinks(page: string, open: (file: string) => string | undefined): string[] {
  const text = withoutCode(page)
  const inline = [...text.matchAll(/\]\(([^)\s]+)[^)]*\)/g)]
  const references = [...text.matchAll(/^\[[^\]]+\]: +(\S+)/gm)]
  const links = [...inline, ...references].map(([, link]) => link)
  return links.filter((link) => !/^([a-z]+:|\/)/i.test(link) && !leadsSomewhere(link))

  function leadsSomewhere(link: string): boolean {
    const [file, anchor] = link.split('#') as [string, string?]
    const target = file === '' ? page : open(file)
    return target !== undefined && (anchor === undefined || listAnchors(target).has(anchor))
  }
}

/** Returns the anchors that GitHub gives to the headings of a page. */
function listAnchors(page: string): Set<string> {
  const anchors = new Set<string>()
  for (const [, heading] of withoutFences(page).matchAll(/^#{1,6} +(.+)$/gm)) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/(?<!\w)_([^_]+)_(?!\w)/g, '$1')
    const anchor = words
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-')
    let unique = anchor
    for (let count = 1; anchors.has(unique); count += 1) unique = `${anchor}-${count}`
    anchors.add(unique)
  }
  return anchors
}

function withoutCode(page: string): string {
  return withoutFences(page).replace(/`[^`\n]*`/g, '')
}

function withoutFences(page: string): string {
  return page.replace(/^( *)(```+)[^\n]*\n[^]*?^\1\2 *$/gm, '')
}
