import type { Exchange } from '../../workbench/api'

const KEY = '$TOPSORT_API_KEY'

/** Writes a request as a command for a terminal. The key is a variable there. */
export function toCurl({ method, url, headers, body }: Exchange['request']): string {
  const lines = [
    `curl -X ${method} ${quote(url)}`,
    ...Object.entries(headers).map(([name, value]) =>
      name.toLowerCase() === 'authorization' ? `-H "${name}: Bearer ${KEY}"` : `-H ${quote(`${name}: ${value}`)}`
    ),
    ...(body === null || body === undefined ? [] : [`-d ${quote(JSON.stringify(body))}`])
  ]
  return lines.join(' \\\n  ')
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
