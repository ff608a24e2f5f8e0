import type { FileFormat } from '../read'

/** Collects how the tables of an archive were read. */
export type Formats = {
  add: (found: FileFormat) => void
  /** Returns a sentence for each kind of rows, with the first file of the kind. */
  list: () => string[]
}

/** Creates the collection. It remembers one file of each kind, because an archive may have thousands. */
export function createFormats(): Formats {
  const kinds = new Map<string, { file: string; others: number }>()
  return {
    add({ file, format }) {
      const known = kinds.get(format)
      if (known) known.others += 1
      else kinds.set(format, { file, others: 0 })
    },
    list: () =>
      [...kinds].map(([format, { file, others }]) => {
        if (others === 0) return `${file} is read as ${format}.`
        return `${file} and ${others} ${others === 1 ? 'other file' : 'other files'} are read as ${format}.`
      })
  }
}
