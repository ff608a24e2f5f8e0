const PREFIX = 'demo-shop.'

/** Reads what this tab has stored. */
export function readStored<Value>(key: string): Value | undefined {
  const text = sessionStorage.getItem(PREFIX + key)
  return text === null ? undefined : (JSON.parse(text) as Value)
}

/** Stores a value until the tab is closed. */
export function store(key: string, value: unknown): void {
  sessionStorage.setItem(PREFIX + key, JSON.stringify(value))
}
