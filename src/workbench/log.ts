import { styleText } from 'node:util'
import type { Delivery } from '../pipeline'

type Style = Parameters<typeof styleText>[0]

/**
 * Writes one line for the terminal about a delivery.
 *
 * @param color whether the terminal shows colors
 * @returns for example `Product Clicked -> Click: delivered (204)`, without a line break
 */
export function deliveryLine(delivery: Delivery, color: boolean): string {
  const { event, mapping, status, ok, attempts, message, sent } = delivery
  // The caller decides about colors. By default, Node would check stdout.
  const paint = (style: Style, text: string): string =>
    color ? styleText(style, text, { validateStream: false }) : text

  if (event === null || mapping === null) return paint(ok ? 'dim' : 'red', printable(message))

  const title = printable(`${event.name || `${event.type} call`} -> ${mapping}`)
  const times = attempts > 1 ? ` after ${attempts} attempts` : ''
  const verdict = ok
    ? paint('green', isEmpty(sent) ? 'nothing to deliver' : `delivered (${status})`)
    : paint('red', `failed (${status})`)
  const which = ok ? '' : ` [${printable(event.messageId)}]`
  return `${title}: ${verdict}${times}${message && `: ${printable(message)}`}${which}`
}

/** Returns whether nothing was sent. A destination then returns an empty object or undefined. */
function isEmpty(sent: unknown): boolean {
  return sent === undefined || (typeof sent === 'object' && sent !== null && Object.keys(sent).length === 0)
}

/** Escapes control and formatting characters. The texts come from outside, and a terminal would execute them. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `\\u{${code.toString(16)}}`
  })
}
