import { parseWhen } from '../record/when.ts'
import { type Answer, type AnswerValue, isFhirInteger } from './answer.ts'
import { askedItems, type Draft, type Form, type FormItem } from './form.ts'

export type AnswerFault = 'required' | 'not-a-number' | 'bad-date'

/** What a draft comes to: the answers to what was asked and answered, and what is wrong, by `linkId`. */
export interface CheckedAnswers {
  readonly answers: readonly Answer[]
  readonly faults: Readonly<Record<string, AnswerFault>>
}

/** `number`: reads a number as people of the reader's language type it. */
export function checkAnswers(form: Form, draft: Draft, number: (text: string) => number | undefined): CheckedAnswers {
  const answers: Answer[] = []
  const faults: Record<string, AnswerFault> = {}
  for (const item of askedItems(form, draft)) {
    const typed = (draft[item.linkId] ?? '').trim()
    if (typed === '' || item.type === 'display' || item.type === 'group') continue
    const value = valueOf(item, typed, number)
    if (typeof value === 'string') faults[item.linkId] = value
    else answers.push({ linkId: item.linkId, text: item.text, value })
  }
  return { answers, faults }
}

function valueOf(
  item: FormItem,
  typed: string,
  number: (text: string) => number | undefined,
): AnswerValue | AnswerFault {
  switch (item.type) {
    case 'choice':
      return item.options[Number(typed)] ?? 'required'
    case 'boolean':
      return { type: 'boolean', value: typed === 'true' }
    case 'integer':
    case 'decimal': {
      const value = number(typed)
      if (value === undefined) return 'not-a-number'
      return item.type === 'integer' && !isFhirInteger(value) ? 'not-a-number' : { type: item.type, value }
    }
    case 'date':
      return typed.length <= 10 && parseWhen(typed).ok ? { type: 'date', value: typed } : 'bad-date'
    case 'text':
    case 'display':
    case 'group':
      return { type: 'text', value: typed.slice(0, 2000) }
  }
}

/** Questions that are asked and have no answer. */
export function openItems(form: Form, draft: Draft): readonly FormItem[] {
  return askedItems(form, draft).filter(
    ({ linkId, type }) => type !== 'display' && type !== 'group' && (draft[linkId] ?? '').trim() === '',
  )
}

/** What was answered as it would be typed, to be changed; without what the form does not ask, or not so. */
export function draftOf(form: Form, answers: readonly Answer[]): Draft {
  return Object.fromEntries(
    answers.flatMap(({ linkId, value }) => {
      const item = form.items.find(one => one.linkId === linkId && one.type === value.type)
      const typed = item && typedOf(item, value)
      return typed === undefined ? [] : [[linkId, typed]]
    }),
  )
}

function typedOf({ options }: FormItem, value: AnswerValue): string | undefined {
  if (value.type !== 'choice') return String(value.value)
  const index = options.findIndex(({ text, system, code }) => {
    return text === value.text && system === value.system && code === value.code
  })
  return index < 0 ? undefined : String(index)
}
