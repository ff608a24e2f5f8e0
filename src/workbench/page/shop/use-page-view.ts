import { useEffect } from 'preact/hooks'
import { problem } from './problem'
import { toPath } from './hash'
import { visit } from './route'
import { trackPage } from './tracking'

/**
 * Reports a page once, with its title and path. All pages of the shop have one address but for its hash, which Segment's
 * SDK does not report. So the path goes into the canonical link of the document, where the SDK looks first.
 *
 * @param category the type of the page in Segment's words
 * @param title what is on it
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
