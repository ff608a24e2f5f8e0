import { describeFaults, describeLimit, describeStep, faultScripts } from '../fault-scripts'

describe('the scripts of the buttons', () => {
  test.each([...faultScripts.events, ...faultScripts.auctions].map((script) => [script.title, script] as const))(
    '%s is described in the list of what is left',
    (_, { step }) => {
      expect(describeStep(step)).not.toBe('')
    }
  )

  test('describes how long a step applies', () => {
    expect(describeLimit({ times: 1_000 })).toBe('1,000')
    expect(describeLimit({ until: 'ended' })).toBe('until you end it')
    const today = new Date(new Date().setMinutes(0, 0, 0)).toISOString()
    expect(describeLimit({ until: today })).toMatch(/^until \d\d:00:00$/)
  })

  test('describes the end of a fault that lasts', () => {
    expect(describeFaults({ events: [{ status: 503, until: 'ended' }], auctions: [] })).toBe(
      'Every request until you end it: answered with 503.'
    )
  })

  test('describes every effect of a step of a fault script', () => {
    expect(describeStep({ status: 503, errCode: 'down', delay: 1_500 })).toBe('answered with 503 down, after 1.5 s')
    expect(describeStep({ winners: [{ id: 'p_1' }, { id: 'p_2' }] })).toBe('p_1, p_2 win')
    expect(describeStep({ status: 200, cut: 'during' })).toBe('the connection breaks in the middle of the answer')
  })

  test('what fails next is described in a sentence for requests and one for auctions', () => {
    const events = [
      { status: 401, times: 3 },
      { status: 429, times: 1 }
    ]
    expect(describeFaults({ events, auctions: [{ times: 1, winners: [] }] })).toBe(
      'The next 3 requests: answered with 401, then answered with 429. The next auction: nobody wins.'
    )
    expect(describeFaults({ events: [], auctions: [] })).toBe('')
  })
})
