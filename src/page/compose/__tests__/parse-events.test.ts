import fc from 'fast-check'
import { parseEvents } from '../parse-events'

const event = { type: 'track', event: 'Product Viewed', anonymousId: 'ann' }

function problemsOf(text: string): string[] {
  const parsed = parseEvents(text)
  return parsed.ok ? [] : parsed.problems.map(({ place, message }) => `${place}: ${message}`)
}

describe('parseEvents', () => {
  test.each([
    ['one event', JSON.stringify(event, null, 2), 1],
    ['a list', JSON.stringify([event, event]), 2],
    ['the body of a batch', JSON.stringify({ batch: [event, event, event] }), 3],
    ['JSON Lines', `${JSON.stringify(event)}\n${JSON.stringify(event)}`, 2],
    [
      'JSON Lines with empty lines and Windows line ends',
      `\r\n${JSON.stringify(event)}\r\n\r\n${JSON.stringify(event)}\r\n`,
      2
    ]
  ])('reads %s', (_, text, count) => {
    expect(parseEvents(text)).toEqual({ ok: true, events: Array.from({ length: count }, () => event) })
  })

  test('names each invalid line of JSON Lines', () => {
    expect(problemsOf(`${JSON.stringify(event)}\n{"type": "trak"}\n{oops\n\n[1]`)).toEqual([
      'Line 2: The property "type" has to be one of track, page, screen, identify, group, alias.',
      expect.stringMatching(/^Line 3: This is not JSON: /),
      expect.stringMatching(/^Line 5: A Segment call is an object/)
    ])
  })

  test('names each invalid event of a list', () => {
    expect(problemsOf(JSON.stringify([event, { event: 'No type' }]))).toEqual([
      'Event 2: The property "type" has to be one of track, page, screen, identify, group, alias.'
    ])
  })

  test('names the line of a single event at which the JSON is invalid', () => {
    expect(problemsOf('{\n  "type": "track",\n  "event" "A"\n}')).toEqual([
      expect.stringMatching(/^Line 3: This is not JSON: /)
    ])
  })

  test.each(['', '  \n ', '[]', '{"batch": []}', 'null', '3', '"track"'])('refuses %j with one problem', (text) => {
    expect(problemsOf(text)).toHaveLength(1)
  })

  test('reading a pasted text never throws, and every refusal has a message', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.array(fc.json()).map((lines) => lines.join('\n'))
        ),
        (text) => {
          const parsed = parseEvents(text)
          if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0)
        }
      )
    )
  })

  test('JSON Lines and a list of the same events give the same result', () => {
    const events = fc.array(
      fc.dictionary(fc.string(), fc.jsonValue()).map((other) => ({ ...other, type: 'track' })),
      {
        minLength: 2
      }
    )
    fc.assert(
      fc.property(events, (list) => {
        const lines = list.map((each) => JSON.stringify(each)).join('\n')
        expect(parseEvents(lines)).toEqual(parseEvents(JSON.stringify(list)))
      })
    )
  })
})
