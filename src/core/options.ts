import { parseArgs } from 'node:util'
import { InputError } from './input-error'

/** An option of a command. A table of options gives the parser, its types, `--help` and the table in `docs`. */
export type Option = {
  /** What the option does, in Markdown and without a final period. */
  does: string
  /** The placeholder of its value, such as `FILE`. A flag has none. */
  value?: string
  /** The value without the option. */
  default?: string
  /** Set if the option can be given several times. */
  isMultiple?: true
}

/** The options of a command by their names, without `help`, which every command has. */
export type Options = Readonly<Record<string, Option>>

/** What a command line gives for the options of a table. */
export type OptionValues<Table extends Options> = { [Name in keyof Table]: ValueOf<Table[Name]> }

type ValueOf<One extends Option> = One extends { value: string }
  ? One extends { isMultiple: true }
    ? string[] | undefined
    : One extends { default: string }
      ? string
      : string | undefined
  : boolean

/** A parsed command line. */
export type ParsedArguments<Table extends Options> = {
  isHelp: boolean
  values: OptionValues<Table>
  /** The names of the options that were given. The others have their defaults. */
  given: string[]
  /** The arguments that are not options. */
  positionals: string[]
}

/** The longest line of `--help`. */
const HELP_WIDTH = 120

/**
 * Parses a command line.
 *
 * @throws InputError if it has an unknown option, or an option without its value
 *
 * @example
 * const OPTIONS = {
 *   keep: { value: 'N', default: '100', does: 'Keeps the newest N events' },
 *   json: { does: 'Prints JSON' }
 * } as const satisfies Options
 *
 * parseOptions(OPTIONS, ['logs', '--json'])
 * // { isHelp: false, values: { keep: '100', json: true }, given: ['json'], positionals: ['logs'] }
 */
export function parseOptions<Table extends Options>(options: Table, args: readonly string[]): ParsedArguments<Table> {
  const types = Object.entries(options).map(([name, { value, isMultiple = false }]) => {
    return [name, { type: value === undefined ? 'boolean' : 'string', multiple: isMultiple }] as const
  })
  const defaults = Object.entries(options).map(([name, option]) => {
    return [name, option.value === undefined ? false : option.default]
  })
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...Object.fromEntries(types), help: { type: 'boolean', short: 'h' } }
    })
    const { help, ...given } = values
    return {
      isHelp: help === true,
      values: { ...Object.fromEntries(defaults), ...given } as OptionValues<Table>,
      given: Object.keys(given),
      positionals
    }
  } catch (error) {
    throw new InputError((error as Error).message, { cause: error })
  }
}

/** Lists options for `--help`. */
export function listOptions(options: Options): string {
  return toColumns(Object.entries(options).map(([name, option]) => [nameOption(name, option), describeOption(option)]))
}

/** Returns an option as it is typed: `--keep N`. */
export function nameOption(name: string, { value }: Option): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`
}

/** Describes an option in Markdown, with its default. */
export function describeOption({ does, default: otherwise }: Option): string {
  return otherwise === undefined ? does : `${does}. Default: ${otherwise}`
}

/** Aligns names and their descriptions for a terminal. Descriptions are in Markdown, and long ones take several lines. */
export function toColumns(rows: readonly (readonly [name: string, description: string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 4
  const lines = new RegExp(`.{1,${HELP_WIDTH - width}}(?: |$)`, 'g')
  return rows
    .map(([name, description]) => {
      const wrapped = toPlainText(description).match(lines) ?? []
      return `  ${name}`.padEnd(width) + wrapped.map((line) => line.trimEnd()).join(`\n${' '.repeat(width)}`)
    })
    .join('\n')
}

/** Removes the links, quotes and stars of Markdown. */
function toPlainText(markdown: string): string {
  return markdown.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1').replace(/[`*]/g, '')
}
