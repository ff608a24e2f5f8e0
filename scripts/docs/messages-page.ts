import { toSentence } from '../../src/destinations/topsort/reasons'
import type { LineProblem, Reason, ReasonCode } from '../../src/destinations/topsort/reasons'
import type { Example, Section } from './message-explanations'
import { EXPLANATIONS, LINE_EXPLANATIONS, SEGMENT_MESSAGES, TOPSORT_CODES } from './message-explanations'
import { toCode, toTable } from './table'

/** Returns the page about every reason code and its message, as Markdown. */
export function toMessagesPage(): string {
  return [
    '# Messages',
    '<!-- Written from `reasons.ts` of the destination and from `scripts/docs` by `npm run docs`. -->',
    'Each result has a message for people and a code for programs. The message says what happened, to which event, and what to do. This page adds the cause. `…` stands for a value, and other values are examples.',
    'No message, and still nothing at Topsort? Check that the destination is enabled, that a mapping takes the event, and that the event has the same opaque user id as the auction ([identify your users](guide.md#identify-your-users)).',

    '## Codes',
    'The body of a result has the code and its parts as data, such as the value that is the problem, the numbers of the lines, or `errCode` and `status` of the answer:',
    toTable(
      ['Result', 'Its message', 'Its code', 'Also in the body'],
      [
        ['Failed', '`errormessage`', '`body.code`', "`body.answer`: Topsort's own answer, if there was one"],
        ['Delivered with a note', '`body.message`', '`body.code`', ''],
        ['Delivered', 'none', 'none', "The body is Topsort's own answer, which is usually empty"]
      ]
    ),
    'The other notes of a delivered event, and all notes of a failed one, are in `body.notes`. An event that fails alone, without a batch, has the same body in its error.',
    'Codes never change, so programs can rely on them. Messages can change. A message names the first five parts, and then the number of the others: `and 3 more`.',
    'Segment shows the messages in the **Event Delivery** tab of the destination. To see the code, select a row of failed events there and open an event. The code is in the body of its response. The workbench shows both with each event.',

    '## Settings and the API key',
    'All events of a batch fail with 401, and Topsort stores none of them. Segment does not try again. Correct the key. Then [replay](replay.md) what was lost.',
    toSection('key'),

    '## An event fails before it is sent',
    'These events fail with 400 without a request, and Segment does not try again. The other events of the batch are sent.',
    toSection('invalid'),

    '## A part is left out',
    'The event is delivered. The message is a note in its result: it says which part was not sent.',
    toSection('note'),

    '### Lines of an order',
    'A message names each problem once: one line with its value, or several lines with their numbers.',
    toTable(HEAD, Object.entries(LINE_EXPLANATIONS).map(toLineRow)),

    '## Topsort refuses an event',
    "Topsort stores nothing of the event, and Segment does not try again. The reason after the colon is Topsort's own: its code, its message, and a link to its documentation. The status is Topsort's. `[API key]` stands for your key, which Topsort's answer repeated. No message contains the key.",
    toSection('refused'),

    "### Topsort's codes",
    'They are in `body.errCode`.',
    toTable(
      ["Topsort's code", 'What it means', 'What to do'],
      TOPSORT_CODES.map(([code, ...texts]) => [toCode(code), ...texts])
    ),

    '## No answer',
    'Topsort is busy, or the connection failed. Segment sends these events again for about four hours, with the same ids. You need to do nothing. If it lasts longer, [replay](replay.md) what was lost.',
    toSection('no answer'),

    "## Segment's own messages",
    'Segment checks an event against the mapping before the destination sees it. These messages come from Segment, without a code. It does not try again, except where the table says so.',
    toTable(
      ["Segment's message", 'What it means', 'What to do'],
      SEGMENT_MESSAGES.map(([message, ...texts]) => [toCode(message), ...texts])
    )
  ].join('\n\n')
}

const HEAD = ['Code', 'Message', 'What it means', 'What to do']

/** Returns the table of the codes of a section. */
function toSection(section: Section): string {
  const codes = (Object.keys(EXPLANATIONS) as ReasonCode[]).filter((code) => EXPLANATIONS[code].section === section)
  return toTable(HEAD, codes.map(toRow))
}

function toRow(code: ReasonCode): string[] {
  const { examples, meaning, remedy } = EXPLANATIONS[code]
  const messages = examples.map((example) => toCode(toMessage(code, example)))
  return [toCode(code), messages.join('<br>'), meaning, remedy]
}

function toMessage(code: ReasonCode, { noun = '…', ...parts }: Example<ReasonCode>): string {
  return toSentence({ code, ...parts } as Reason, noun)
}

function toLineRow([code, { value, meaning, remedy }]: [
  string,
  { value?: string; meaning: string; remedy: string }
]): string[] {
  const problem = { code: code as LineProblem['code'], lines: [2], ...(value !== undefined && { values: [value] }) }
  return [
    toCode(code),
    toCode(toSentence({ code: 'lines_left_out', of: 3, problems: [problem] }, 'purchase')),
    meaning,
    remedy
  ]
}
