import type { RequestDetail } from '#app/core/request-session.ts'
import { readAnswers, totalOf } from '#schema/questionnaires/answer.ts'
import { instrumentOf } from '#schema/questionnaires/instruments.ts'

/** The answers of a questionnaire that were given last and count. */
export function answersIn({ history }: Pick<RequestDetail, 'history'>) {
  const form = history[0]?.data['form']
  const last = history.findLast(({ kind, standing }) => kind === 'answer' && standing === 'counts')
  const text = last?.data['answers']
  const read = readAnswers(typeof text === 'string' ? text : '')
  if (!read.ok) return undefined
  const instrument = instrumentOf(typeof form === 'string' ? form : undefined)
  const total = instrument && totalOf(instrument, read.value)
  return { answers: read.value, instrument, total }
}
