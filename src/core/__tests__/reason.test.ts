import { listCodes, listProblems, listReasons } from '..'

const inner = { code: 'line_without_price', lines: [2, 4] }
const note = { code: 'lines_left_out', of: 9, problems: [inner] }
const reason = { code: 'topsort_refused', errCode: 'bad_request', value: 'time_invalid', notes: [note, note] }

test('the reasons of a reason are itself, its notes, and the problems of lines', () => {
  expect(listReasons(reason)).toEqual([reason, note, inner, note, inner])
  expect(listReasons(undefined)).toEqual([])
})

test("the codes of a reason are the destination's and Topsort's, each once", () => {
  expect(listCodes(reason)).toEqual(['topsort_refused', 'bad_request', 'lines_left_out', 'line_without_price'])
})

test('the problems of a reason have the places of their lines or products', () => {
  const problems = [inner, { code: 'about_nothing', products: [3] }, { code: 'other' }, 'no problem']
  expect(listProblems({ code: 'lines_left_out', problems })).toEqual([
    { code: 'line_without_price', places: [2, 4] },
    { code: 'about_nothing', places: [3] },
    { code: 'other', places: [] }
  ])
})
