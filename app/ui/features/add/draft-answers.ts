import type { AnswersFields } from '#schema/record/entry.ts'
import { answersText } from '#schema/questionnaires/answer.ts'
import { checkAnswers } from '#schema/questionnaires/draft.ts'
import type { Draft, Form } from '#schema/questionnaires/form.ts'
import { type Checked, isAhead, takenError } from '../../record/entry-draft.ts'
import { parseTaken, type TakenDraft } from '../../record/fhir-date.ts'
import { parseSignedNumber } from '../../record/typed-number.ts'

export interface AnswersDraft {
  readonly answers: Draft
  readonly taken: TakenDraft
}

/** What stands for no question at all: that there is nothing to save. */
export const NOTHING = ''

/** Whatever is left out is left out; only what was typed wrongly, or nothing at all, keeps it from being saved. Fields are `linkId`s. */
export function checkDraft(form: Form, title: string, draft: AnswersDraft, nowMs: number): Checked<string> {
  const answeredAt = parseTaken(draft.taken)
  const { answers, faults } = checkAnswers(form, draft.answers, parseSignedNumber)
  const errors = { ...faults, ...(answeredAt === undefined ? takenError(draft.taken) : {}) }
  if (Object.keys(errors).length > 0 || answeredAt === undefined) return { ok: false, errors }
  if (answers.length === 0) return { ok: false, errors: { [NOTHING]: 'required' } }
  const entry: AnswersFields = {
    kind: 'answers',
    title,
    ...(form.url === undefined ? {} : { form: form.url }),
    answeredAt,
    answers: answersText(answers),
  }
  return { ok: true, entries: [entry], questions: isAhead(answeredAt, nowMs) ? ['in-the-future'] : [] }
}
