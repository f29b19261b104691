import { type AnswerValue, readAnswers } from '#schema/questionnaires/answer.ts'
import { formatNumber } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { formatWhen } from '../format-when.ts'

/** One answer in the reader's words and numbers. */
export function answerWords(value: AnswerValue): string {
  switch (value.type) {
    case 'choice':
      return value.text
    case 'boolean':
      return t(value.value ? 'quest.yes' : 'quest.no')
    case 'integer':
    case 'decimal':
      return formatNumber(value.value, 6)
    case 'date':
      return formatWhen({ text: value.value }, language(), 'long')
    case 'text':
      return value.value
  }
}

/** All of a field's answers in one text; as it was written where it holds none. */
export function answersWords(text: string): string {
  const answers = readAnswers(text)
  return answers.ok ? answers.value.map(({ text: asked, value }) => `${asked}: ${answerWords(value)}`).join('; ') : text
}
