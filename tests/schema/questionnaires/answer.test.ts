import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answersOf } from '#schema/record/answers.ts'
import { type Answer, answersText, asksForHelp, readAnswers, totalOf } from '#schema/questionnaires/answer.ts'
import { checkAnswers, draftOf, openItems } from '#schema/questionnaires/draft.ts'
import { readForm } from '#schema/questionnaires/form.ts'
import { INSTRUMENTS } from '#schema/questionnaires/instruments.ts'
import { validityFaults } from '#tests/support/validity/fhir-validity.ts'

const [PHQ_9, GAD_7] = INSTRUMENTS

/** What is answered when option `choices[n]` of the nth question is chosen; a question without one is left out. */
function answered(instrument: (typeof INSTRUMENTS)[number], choices: readonly (number | undefined)[]) {
  const form = readForm(instrument.questionnaire)
  const draft = Object.fromEntries(
    instrument.scored.flatMap((linkId, index) => (choices[index] === undefined ? [] : [[linkId, `${choices[index]}`]])),
  )
  return { form, draft, answers: checkAnswers(form, draft, Number).answers }
}

test('the shipped questionnaires are valid FHIR, with a copyright that says who may use them', () => {
  for (const { questionnaire } of INSTRUMENTS) {
    expect(validityFaults(questionnaire)).toEqual([])
    expect(questionnaire['copyright']).toContain(
      'No permission required to reproduce, translate, display or distribute.',
    )
    expect(readForm(questionnaire).unsupported).toEqual([])
  }
  expect(PHQ_9?.scored).toHaveLength(9)
  expect(GAD_7?.scored).toHaveLength(7)
})

test('a total adds up every scored question, and there is none when one is left out', () => {
  for (const instrument of INSTRUMENTS) {
    const count = instrument.scored.length
    const choices = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: count, maxLength: count })
    fc.assert(
      fc.property(choices, fc.integer({ min: 0, max: count - 1 }), (all, left) => {
        const sum = all.reduce((total, each) => total + each, 0)
        expect(totalOf(instrument, answered(instrument, all).answers)).toBe(sum)
        const without = answered(instrument, all.with(left, undefined as unknown as number))
        expect(totalOf(instrument, without.answers)).toBeUndefined()
        expect(openItems(without.form, without.draft).map(({ linkId }) => linkId)).toContain(instrument.scored[left])
      }),
    )
    expect(
      totalOf(
        instrument,
        answered(
          instrument,
          Array.from({ length: count }, () => 3),
        ).answers,
      ),
    ).toBe(instrument.most)
  }
})

test('any answer above zero to the ninth question asks for help, and nothing else does', () => {
  const choices = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 9, maxLength: 9 })
  fc.assert(
    fc.property(choices, all => {
      expect(asksForHelp(answered(PHQ_9!, all).answers)).toBe(all[8]! > 0)
    }),
  )
  expect(asksForHelp(answered(PHQ_9!, [3, 3, 3]).answers)).toBe(false)
  expect(asksForHelp(answered(GAD_7!, [3, 3, 3, 3, 3, 3, 3]).answers)).toBe(false)
})

test('a clinic’s answer to the ninth question asks for help too, by its code or its points', () => {
  const response = (answer: object) =>
    answersOf({ resourceType: 'QuestionnaireResponse', item: [{ item: [{ linkId: '/44260-8', text: 'x', answer }] }] })
  const loinc = 'http://loinc.org'
  expect(asksForHelp(response([{ valueCoding: { system: loinc, code: 'LA6568-5', display: 'Not at all' } }]))).toBe(
    false,
  )
  expect(asksForHelp(response([{ valueCoding: { system: loinc, code: 'LA6569-3' } }]))).toBe(true)
  expect(asksForHelp(response([{ valueInteger: 0 }]))).toBe(false)
  expect(asksForHelp(response([{ valueInteger: 2 }]))).toBe(true)
  expect(asksForHelp(response([{ valueBoolean: true }]))).toBe(true)
})

test('answers read back as they were written, and readAnswers() throws for nothing', () => {
  const text = fc.string({ minLength: 1, maxLength: 20 }).filter(each => /\S/.test(each) && !/\p{Cc}/u.test(each))
  const value = fc.oneof(
    fc.record({ type: fc.constant('choice' as const), text: text.map(each => each.trim()) }),
    fc.record({ type: fc.constant('boolean' as const), value: fc.boolean() }),
    fc.record({ type: fc.constant('integer' as const), value: fc.integer() }),
    fc.record({ type: fc.constant('text' as const), value: text.map(each => each.trim()) }),
  )
  const one = fc.record({ linkId: text.map(each => each.trim()), text: text.map(each => each.trim()), value })
  fc.assert(
    fc.property(fc.uniqueArray(one, { selector: ({ linkId }) => linkId, minLength: 1 }), answers => {
      const list = answers as readonly Answer[]
      expect(readAnswers(answersText(list))).toEqual({ ok: true, value: list.map(each => ({ ...each })) })
    }),
  )
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), outside => {
      expect([true, false]).toContain(readAnswers(outside).ok)
    }),
  )
})

test('draftOf() gives what was answered as it was typed, so that it can be changed; what the form has no question or option for is left out', () => {
  for (const instrument of INSTRUMENTS) {
    const { form, draft, answers } = answered(instrument, [0, 3, undefined, 1])
    expect(draftOf(form, answers)).toEqual(draft)
    const [first] = answers
    const odd = { ...first!, value: { type: 'choice', text: 'Now and then' } } satisfies Answer
    expect(draftOf(form, [odd, { ...first!, linkId: 'gone' }])).toEqual({})
  }
  const form = readForm({
    resourceType: 'Questionnaire',
    item: ['boolean', 'decimal', 'date', 'text'].map(type => ({ linkId: type, text: type, type })),
  })
  const draft = { boolean: 'false', decimal: '-1.5', date: '2026-02', text: 'A word' }
  expect(draftOf(form, checkAnswers(form, draft, Number).answers)).toEqual(draft)
})
