import nock from 'nock'

/** Undoes what nock has changed. It changes the whole process, and the next test file may run in the same process. */
export function undoNock(): void {
  nock.cleanAll()
  nock.enableNetConnect()
  nock.restore()
}
