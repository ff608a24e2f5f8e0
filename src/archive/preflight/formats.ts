import type { FileFormat } from '../read'

/** Collects how the tables of an archive were read. It remembers one file of each kind, because there may be thousands. */
export function createFormats() {
  const kinds = new Map<string, { file: string; others: number }>()
  return {
    add: ({ file, format }: FileFormat): void => {
      const known = kinds.get(format)
      if (known) known.others += 1
      else kinds.set(format, { file, others: 0 })
    },
    /** Returns a sentence for each kind of rows, with the first file of the kind. */
    list: () =>
      [...kinds].map(([format, { file, others }]) => {
        if (others === 0) return `${file} is read as ${format}.`
        return `${file} and ${others} ${others === 1 ? 'other file' : 'other files'} are read as ${format}.`
      })
  }
}
