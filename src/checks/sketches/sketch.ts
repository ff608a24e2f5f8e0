/** A summary of many events in little memory. The summaries of the parts of an archive merge into that of all of it. */
export type Sketch = {
  /** Returns the summary as plain JSON. */
  save: () => unknown
  /** Adds a summary that another sketch of the same kind has saved. */
  merge: (saved: unknown) => void
}
