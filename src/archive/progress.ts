import { Presets, SingleBar } from 'cli-progress'

/** Tells a person how far a long run is. */
export type Progress = {
  /** @param bytes of the archive read so far, as they are stored */
  update: (bytes: number, events: number) => void
  stop: () => void
}

/** What a long run is over: how many bytes there are, 0 if it is not known, and what they have, such as `events`. */
type Work = { total: number; noun?: string }

const TEN_SECONDS = 10_000

/**
 * Starts to tell. On a terminal it is a bar with the rate and the time left. Elsewhere it is a line every ten seconds.
 * Both go to standard error, so that standard output has only the result.
 */
export function startProgress(work: Work): Progress {
  return process.stderr.isTTY && work.total > 0 ? startBar(work) : startLines(work)
}

function startBar({ total, noun = 'events' }: Work): Progress {
  const started = Date.now()
  const bar = new SingleBar(
    {
      format: `{bar} {percentage} % | {events} ${noun} | {rate} a second | {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 50,
      fps: 5
    },
    Presets.shades_classic
  )
  const shown = (events: number): object => ({ events: toText(events), rate: toText(rateOf(events, started)) })
  bar.start(total, 0, shown(0))
  return {
    update(bytes, events) {
      bar.update(Math.min(bytes, total), shown(events))
    },
    stop: () => {
      bar.stop()
    }
  }
}

function startLines({ total, noun = 'events' }: Work): Progress {
  const started = Date.now()
  let now = { bytes: 0, events: 0 }
  const timer = setInterval(() => {
    const { bytes, events } = now
    const share = total > 0 && bytes > 0 ? bytes / total : undefined
    const left = share === undefined ? undefined : ((Date.now() - started) * (1 - share)) / share
    const parts = [
      ...(share === undefined ? [] : [`${Math.min(100, Math.floor(share * 100))} %`]),
      `${toText(events)} ${noun}`,
      `${toText(rateOf(events, started))} a second`,
      ...(left === undefined ? [] : [`${toDuration(left)} left`])
    ]
    process.stderr.write(`${parts.join(', ')}\n`)
  }, TEN_SECONDS)
  timer.unref()
  return {
    update(bytes, events) {
      now = { bytes, events }
    },
    stop() {
      clearInterval(timer)
    }
  }
}

function rateOf(events: number, started: number): number {
  return Math.round((events * 1_000) / Math.max(1, Date.now() - started))
}

function toText(count: number): string {
  return count.toLocaleString('en')
}

function toDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
