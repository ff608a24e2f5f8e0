import { toLastMessage } from '../last-try'

const LAST = 'This was the last of 5 tries here. Segment goes on for about four hours.'

test.each([
  [
    'Topsort could not take this click: 503 busy. Segment will try again.',
    `Topsort could not take this click: 503 busy. ${LAST}`
  ],
  [
    'It is not known whether it arrived. Segment tries again with the same id.',
    `It is not known whether it arrived. ${LAST}`
  ],
  ['Service Unavailable', `Service Unavailable. ${LAST}`],
  ['Segment will try again.', LAST],
  ['', LAST]
])('the message of the last try promises no further one: %j', (message, expected) => {
  expect(toLastMessage(message)).toBe(expected)
})
