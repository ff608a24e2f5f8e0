/** A value that this tab keeps until it is closed. */
export type Stored<Value> = {
  read: () => Value | undefined
  write: (value: Value) => void
}

/** Keeps a value under a name. */
export function storeAs<Value>(name: string): Stored<Value> {
  const key = `demo-shop.${name}`
  return {
    read() {
      const text = sessionStorage.getItem(key)
      return text === null ? undefined : (JSON.parse(text) as Value)
    },
    write(value) {
      sessionStorage.setItem(key, JSON.stringify(value))
    }
  }
}
