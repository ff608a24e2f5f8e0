import { styleText } from 'node:util'
import type { Delivery } from '../pipeline'

type Style = Parameters<typeof styleText>[0]

/**
 * One line for the terminal about a delivery.
 *
 * @param colour whether the terminal shows colours
 * @returns for example `Product Clicked -> Click: delivered (204)`, without a line break
 */
export function deliveryLine(delivery: Delivery, colour: boolean): string {
  const { event, mapping, status, ok, attempts, message, sent } = delivery
  // The decision about colours is the caller's, not that of Node, which looks at stdout.
  const paint = (style: Style, text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text

  if (mapping === null) return paint(ok ? 'dim' : 'red', printable(message))

  const title = printable(`${event.name || `${event.type} call`} -> ${mapping}`)
  const tries = attempts > 1 ? ` after ${attempts} tries` : ''
  const verdict = ok
    ? paint('green', isEmpty(sent) ? 'nothing to deliver' : `delivered (${status})`)
    : paint('red', `failed (${status})`)
  const which = ok ? '' : ` [${printable(event.messageId)}]`
  return `${title}: ${verdict}${tries}${message && `: ${printable(message)}`}${which}`
}

/** A destination that had nothing to send for an event says so with an empty object, or with nothing at all. */
function isEmpty(sent: unknown): boolean {
  return sent === undefined || (typeof sent === 'object' && sent !== null && Object.keys(sent).length === 0)
}

/** Texts come from outside, and a terminal obeys what is in them: control and formatting characters are spelled out. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `\\u{${code.toString(16)}}`
  })
}
