import type { AnswersFields } from '#schema/record/entry.ts'
import type { QuestionnaireStep } from '#schema/requests/questionnaire.ts'
import type { StepId } from '#schema/requests/step.ts'
import type { RequestView } from './state-of.ts'

/**
 * The answers that were given last, as an entry of the patient's; undefined where the last word is another one. `stepId` names them in
 * the request: answered anew, they are others.
 */
export function answersGiven({
  counted,
}: Pick<RequestView<string, QuestionnaireStep>, 'counted'>):
  | { readonly stepId: StepId; readonly fields: AnswersFields }
  | undefined {
  const [sent, last] = [counted[0], counted.at(-1)]
  if (sent?.kind !== 'send' || last?.kind !== 'answer') return undefined
  const { title, form } = sent.data
  return { stepId: last.id, fields: { kind: 'answers', title, form, ...last.data } }
}
