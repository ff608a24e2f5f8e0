import { useEffect } from 'preact/hooks'
import { CaseDrop } from './cases/OpenCase'
import { Empty } from './components/texts'
import { NoticeBar } from './components/NoticeBar'
import { HelpDialog, isHelpOpen } from './help/HelpDialog'
import { Navigation } from './Navigation'
import { place } from './place'
import { Strips } from './strips/Strips'
import { useKeys } from './hooks'
import { views } from './views'

/** The whole page: the navigation, and the view that the URL names. */
export function App() {
  const { path } = place.value
  const view = views.find((candidate) => candidate.path === path)
  const title = view?.title ?? 'Not found'
  useEffect(() => {
    document.title = `${title} · Topsort workbench`
  }, [title])
  useKeys(({ key }) => {
    if (key === '?') isHelpOpen.value = true
    return key === '?'
  })

  return (
    <div class="shell">
      <a class="skip-link" href="#main" onClick={focusMain}>
        Skip to the content
      </a>
      <Navigation />
      <main class="main" id="main" tabIndex={-1}>
        <Strips />
        {view ? (
          <view.Component />
        ) : (
          <Empty title="There is no such view">
            <a href="#/events">Go to the events</a>
          </Empty>
        )}
      </main>
      <NoticeBar />
      <CaseDrop />
      {isHelpOpen.value && <HelpDialog />}
    </div>
  )
}

/** The hash of the URL names the view, so the link must not change it. */
function focusMain(event: Event): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
