import { closeNotice, notice } from '../notice'
import { Button } from './Button'

/** Shows the latest notice at the bottom of the page. */
export function NoticeBar() {
  const { text = '', isProblem = false, undo } = notice.value ?? {}
  return (
    <div class="notice-place" role="status">
      {text !== '' && (
        <div class={`notice raised row ${isProblem ? 'notice-problem text-bad' : ''}`}>
          <span>{text}</span>
          {undo && (
            <Button
              onClick={() => {
                closeNotice()
                void undo()
              }}
            >
              Undo
            </Button>
          )}
          <Button variant="quiet" onClick={closeNotice}>
            Close
          </Button>
        </div>
      )}
    </div>
  )
}
