import { useEffect } from 'preact/hooks'
import { problem } from './problem'
import { toPath } from './hash'
import { visit } from './route'
import { trackPage } from './tracking'

/**
 * Reports a page once, with its title and path. The addresses of the shop's pages differ only in their hash, which Segment's
 * SDK does not report. So the path is put into the canonical link of the document, which the SDK prefers.
 *
 * @param category the type of the page, as Segment names it
 * @param title the title of the page
 */
export function usePageView(category: string, title: string): void {
  useEffect(() => {
    problem.value = undefined
    document.title = `${title} · Corner Dairy`
    canonicalLink().href = `${location.origin}/shop${toPath(visit.value.route)}`.replace(/\/$/, '')
    void trackPage(category, title)
  }, [])
}

function canonicalLink(): HTMLLinkElement {
  const known = document.querySelector<HTMLLinkElement>('link[rel="canonical"]')
  if (known) return known
  const link = document.createElement('link')
  link.rel = 'canonical'
  document.head.append(link)
  return link
}
