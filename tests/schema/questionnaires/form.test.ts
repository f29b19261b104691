import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkAnswers } from '#schema/questionnaires/draft.ts'
import { askedItems, readForm } from '#schema/questionnaires/form.ts'

const form = (...item: object[]) => readForm({ resourceType: 'Questionnaire', title: 'T', item })
const ids = (items: readonly { readonly linkId: string }[]) => items.map(({ linkId }) => linkId)

test('questions stand in their order, those in groups below them, and what cannot be asked is named', () => {
  const read = form(
    { linkId: 'g', type: 'group', text: 'You', item: [{ linkId: 'a', type: 'integer', text: 'Age' }] },
    { linkId: 'f', type: 'attachment', text: 'Photo' },
    { linkId: 'm', type: 'choice', text: 'Several', repeats: true, answerOption: [{ valueString: 'x' }] },
    { linkId: 'n', type: 'choice', text: 'Nothing to choose' },
    { linkId: 'a', type: 'string', text: 'The same name again' },
    { linkId: 'q', type: 'string', text: 'Why', enableWhen: [{ question: 'a', operator: 'in' }] },
  )
  expect(ids(read.items)).toEqual(['g', 'a'])
  expect(read.items[1]).toMatchObject({ depth: 1, within: ['g'] })
  expect(read.unsupported.map(({ why }) => why)).toEqual(['type', 'repeats', 'options', 'no-id', 'condition'])
})

test('a question is asked only when its conditions hold, and then what hangs on it', () => {
  const read = form(
    { linkId: 'smoke', type: 'boolean', text: 'Do you smoke?' },
    {
      linkId: 'how-many',
      type: 'integer',
      text: 'How many?',
      enableWhen: [{ question: 'smoke', operator: '=', answerBoolean: true }],
    },
    {
      linkId: 'help',
      type: 'string',
      text: 'Do you want to stop?',
      enableWhen: [{ question: 'how-many', operator: '>=', answerInteger: 10 }],
    },
  )
  expect(ids(askedItems(read, {}))).toEqual(['smoke'])
  expect(ids(askedItems(read, { smoke: 'true', 'how-many': '9' }))).toEqual(['smoke', 'how-many'])
  expect(ids(askedItems(read, { smoke: 'true', 'how-many': '12' }))).toEqual(['smoke', 'how-many', 'help'])
  expect(ids(askedItems(read, { smoke: 'false', 'how-many': '12' }))).toEqual(['smoke'])
  expect(checkAnswers(read, { smoke: 'false', 'how-many': '12' }, Number).answers).toHaveLength(1)
})

test('conditions on a choice compare its code, and those that go in a circle are never met', () => {
  const read = form(
    {
      linkId: 'c',
      type: 'choice',
      text: 'Which?',
      answerOption: [{ valueCoding: { code: 'A', display: 'Apples' } }, { valueCoding: { code: 'B' } }],
    },
    {
      linkId: 'd',
      type: 'string',
      text: 'd',
      enableWhen: [{ question: 'c', operator: '=', answerCoding: { code: 'B' } }],
    },
    {
      linkId: 'x',
      type: 'string',
      text: 'x',
      enableWhen: [{ question: 'y', operator: 'exists', answerBoolean: true }],
    },
    {
      linkId: 'y',
      type: 'string',
      text: 'y',
      enableWhen: [{ question: 'x', operator: 'exists', answerBoolean: true }],
    },
  )
  expect(ids(askedItems(read, { c: '0', x: 'a', y: 'b' }))).toEqual(['c'])
  expect(ids(askedItems(read, { c: '1' }))).toEqual(['c', 'd'])
})

test('what was typed wrongly is told by question', () => {
  const read = form(
    { linkId: 'i', type: 'integer', text: 'i' },
    { linkId: 'd', type: 'date', text: 'd' },
    { linkId: 'n', type: 'decimal', text: 'n' },
  )
  const number = (text: string) => (Number.isNaN(Number(text)) ? undefined : Number(text))
  expect(checkAnswers(read, { i: '1.5', d: '2026-02-30', n: 'many' }, number).faults).toEqual({
    i: 'not-a-number',
    d: 'bad-date',
    n: 'not-a-number',
  })
})

test('readForm() throws for nothing', () => {
  fc.assert(
    fc.property(fc.anything(), fc.dictionary(fc.string(), fc.string()), (item, draft) => {
      expect(askedItems(readForm({ resourceType: 'Questionnaire', item }), draft).length).toBeLessThanOrEqual(200)
      askedItems(form({ linkId: 'a', type: 'choice', text: 'a', answerOption: item, enableWhen: item, item }), draft)
    }),
  )
})
