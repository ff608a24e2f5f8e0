import { describeLimit, describeStep, faultScripts } from '../fault-scripts'

describe('the scripts of the buttons', () => {
  test.each(faultScripts.map((script) => [script.title, script] as const))(
    '%s is described in the list of what is left',
    (_, { step }) => {
      expect(describeStep(step)).not.toBe('')
    }
  )

  test('describes how long a step applies', () => {
    expect(describeLimit({ times: 1_000 })).toBe('1,000')
    expect(describeLimit({ until: 'ended' })).toBe('until you end it')
    expect(describeLimit({ until: '2026-01-31T12:00:00Z' })).toMatch(/^until \d\d:00:00$/)
  })

  test('describes every effect of a step of a fault script', () => {
    expect(describeStep({ status: 503, errCode: 'down', delay: 1_500 })).toBe('answered with 503 down, after 1.5 s')
    expect(describeStep({ winners: [{ id: 'p_1' }, { id: 'p_2' }] })).toBe('p_1, p_2 win')
    expect(describeStep({ status: 200, cut: 'during' })).toBe('the connection breaks in the middle of the answer')
  })
})
