import { Duplex } from 'node:stream'

/**
 * Creates the two ends of a connection inside this process. What is written to one end is read from the other. Closing
 * one end closes the other, as TCP does.
 */
export function createConnectionPair(): [End, End] {
  const [one, other] = [new End(), new End()]
  one.connect(other)
  other.connect(one)
  return [one, other]
}

/** An end of a connection. It is a class, because streams are. It has the methods of a socket that HTTP agents call. */
class End extends Duplex {
  private other?: End
  private isEnded = false
  /** Is called when the other end has read what was written. */
  private onRead?: () => void

  constructor() {
    // As with a socket, nothing can be written after the other end has closed.
    super({ allowHalfOpen: false })
  }

  connect(other: End): void {
    this.other = other
  }

  override _read(): void {
    const { onRead } = this
    this.onRead = undefined
    onRead?.()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    // An empty chunk would not be read.
    if (!this.other || this.other.isEnded || chunk.length === 0) {
      process.nextTick(callback)
      return
    }
    this.other.onRead = callback
    this.other.push(chunk)
  }

  override _final(callback: () => void): void {
    this.other?.receiveEnd()
    callback()
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.isEnded = true
    this.other?.receiveEnd()
    callback(error)
  }

  private receiveEnd(): void {
    if (this.isEnded) return
    this.isEnded = true
    this.push(null)
  }

  setKeepAlive = (): this => this
  setNoDelay = (): this => this
  setTimeout = (): this => this
  ref = (): this => this
  unref = (): this => this
}
