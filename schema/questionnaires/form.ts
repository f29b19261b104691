import { at, isObject, type JsonObject, objectsOf, textOf, tokenOf } from '../record/fhir/json.ts'
import type { AnswerValue } from './answer.ts'

/** How a question is answered here. */
export type ItemType = 'choice' | 'boolean' | 'integer' | 'decimal' | 'text' | 'date' | 'display' | 'group'

export type FormOption = Extract<AnswerValue, { readonly type: 'choice' }>

/** FHIR `Questionnaire.item.enableWhen`: the question is asked only if another was answered so. */
export interface Condition {
  readonly question: string
  readonly operator: '=' | '!=' | '>' | '<' | '>=' | '<=' | 'exists'
  /** As the answer would be typed (`Draft`); of `exists` `true` or `false`. */
  readonly answer: string
}

export interface FormItem {
  readonly linkId: string
  readonly text: string
  readonly type: ItemType
  readonly isRequired: boolean
  /** How deep it lies in groups. */
  readonly depth: number
  readonly options: readonly FormOption[]
  readonly conditions: readonly Condition[]
  /** Whether one condition is enough. */
  readonly anyCondition: boolean
  /** `linkId`s of what it lies in: not asked unless they are. */
  readonly within: readonly string[]
}

/** Why a question cannot be answered here. */
export interface Unsupported {
  readonly text: string
  readonly why: 'type' | 'repeats' | 'options' | 'condition' | 'no-id'
}

/** A FHIR Questionnaire as a list of questions in their order. */
export interface Form {
  readonly title: string
  readonly url?: string
  readonly copyright?: string
  readonly items: readonly FormItem[]
  readonly unsupported: readonly Unsupported[]
}

/** What was typed or chosen, by `linkId`: of a choice the index of the option, of yes and no `true` and `false`. */
export type Draft = Readonly<Record<string, string>>

const ORDINAL = 'http://hl7.org/fhir/StructureDefinition/ordinalValue'
const TYPES: ReadonlyMap<unknown, ItemType> = new Map<unknown, ItemType>([
  ['choice', 'choice'],
  ['boolean', 'boolean'],
  ['integer', 'integer'],
  ['decimal', 'decimal'],
  ['string', 'text'],
  ['text', 'text'],
  ['date', 'date'],
  ['display', 'display'],
  ['group', 'group'],
])
const MAX_ITEMS = 200
const MAX_DEPTH = 8
const MAX_OPTIONS = 40
const MAX_TEXT = 2000

/** Reads any FHIR R4 Questionnaire. Total: what cannot be asked here is named in `unsupported`. */
export function readForm(resource: JsonObject): Form {
  const items: FormItem[] = []
  const unsupported: Unsupported[] = []
  const taken = new Set<string>()
  const visit = (list: unknown, within: readonly string[]) => {
    for (const item of objectsOf(list)) {
      if (items.length + unsupported.length >= MAX_ITEMS) return
      const text = [textOf(item['prefix']), textOf(item['text'], MAX_TEXT)].filter(Boolean).join(' ')
      const linkId = tokenOf(item['linkId'])
      const fault = faultOf(item, linkId, taken)
      if (fault !== undefined || linkId === undefined) {
        unsupported.push({ text: text || (linkId ?? ''), why: fault ?? 'no-id' })
        continue
      }
      taken.add(linkId)
      items.push(itemOf(resource, item, { linkId, text: text || linkId, within }))
      if (within.length < MAX_DEPTH) visit(item['item'], [...within, linkId])
    }
  }
  visit(resource['item'], [])
  const url = tokenOf(resource['url'])
  const version = tokenOf(resource['version'])
  const copyright = textOf(resource['copyright'], MAX_TEXT)
  return {
    title: textOf(resource['title']) ?? textOf(resource['name']) ?? '',
    ...(url === undefined || /\s/.test(url)
      ? {}
      : { url: version === undefined || url.includes('|') ? url : `${url}|${version}` }),
    ...(copyright === undefined ? {} : { copyright }),
    items,
    unsupported,
  }
}

function faultOf(
  item: JsonObject,
  linkId: string | undefined,
  taken: ReadonlySet<string>,
): Unsupported['why'] | undefined {
  if (linkId === undefined || linkId.length > 200 || taken.has(linkId)) return 'no-id'
  const type = TYPES.get(item['type'])
  if (type === undefined) return 'type'
  if (item['repeats'] === true) return 'repeats'
  if (type === 'choice' && objectsOf(item['answerOption']).length === 0 && item['answerValueSet'] === undefined)
    return 'options'
  return objectsOf(item['enableWhen']).some(condition => conditionOf(condition) === undefined) ? 'condition' : undefined
}

interface Naming {
  readonly linkId: string
  readonly text: string
  readonly within: readonly string[]
}

function itemOf(resource: JsonObject, item: JsonObject, { linkId, text, within }: Naming): FormItem {
  const options = item['type'] === 'choice' ? optionsOf(resource, item) : []
  const declared = TYPES.get(item['type']) ?? 'text'
  return {
    linkId,
    text,
    // A choice whose answers stand in no file is answered in words.
    type: declared === 'choice' && options.length === 0 ? 'text' : declared,
    isRequired: item['required'] === true,
    depth: within.length,
    options,
    conditions: objectsOf(item['enableWhen']).flatMap(condition => conditionOf(condition) ?? []),
    anyCondition: item['enableBehavior'] === 'any',
    within,
  }
}

/** Of the item itself, else of a value set that came in the same resource. */
function optionsOf(resource: JsonObject, item: JsonObject): readonly FormOption[] {
  const own = objectsOf(item['answerOption']).map(optionOf)
  const set = tokenOf(item['answerValueSet'])
  const contained = objectsOf(resource['contained']).find(
    each => set !== undefined && (`#${String(each['id'])}` === set || each['url'] === set),
  )
  const listed = objectsOf(at(contained, 'expansion', 'contains')).map(coding => optionOf({ valueCoding: coding }))
  return [...own, ...listed].flatMap(option => option ?? []).slice(0, MAX_OPTIONS)
}

function optionOf(option: JsonObject): FormOption | undefined {
  const { valueCoding, valueString, valueInteger } = option
  if (!isObject(valueCoding)) {
    const text =
      textOf(valueString ?? option['valueDate']) ?? (typeof valueInteger === 'number' ? `${valueInteger}` : undefined)
    return text === undefined ? undefined : { type: 'choice', text }
  }
  const [system, code] = [tokenOf(valueCoding['system']), tokenOf(valueCoding['code'])]
  const text = textOf(valueCoding['display']) ?? code
  const extensions = [...objectsOf(option['extension']), ...objectsOf(valueCoding['extension'])]
  const points = extensions.find(({ url }) => url === ORDINAL)?.['valueDecimal']
  if (text === undefined) return undefined
  return {
    type: 'choice',
    text,
    ...(system === undefined ? {} : { system }),
    ...(code === undefined ? {} : { code }),
    ...(typeof points === 'number' ? { points } : {}),
  }
}

const OPERATORS = ['=', '!=', '>', '<', '>=', '<=', 'exists'] as const

function conditionOf(condition: JsonObject): Condition | undefined {
  const question = tokenOf(condition['question'])
  const operator = OPERATORS.find(each => each === condition['operator'])
  const answer = conditionAnswer(condition)
  return question === undefined || operator === undefined || answer === undefined
    ? undefined
    : { question, operator, answer }
}

function conditionAnswer(condition: JsonObject): string | undefined {
  const { answerBoolean, answerInteger, answerDecimal, answerCoding } = condition
  if (typeof answerBoolean === 'boolean') return String(answerBoolean)
  const number = answerInteger ?? answerDecimal
  if (typeof number === 'number') return String(number)
  if (isObject(answerCoding)) return tokenOf(answerCoding['code']) ?? textOf(answerCoding['display'])
  return textOf(condition['answerString']) ?? textOf(condition['answerDate'])
}

/** The questions that are asked, given what was answered so far. */
export function askedItems(form: Form, draft: Draft): readonly FormItem[] {
  const byId = new Map(form.items.map(item => [item.linkId, item]))
  const asked = new Map<string, boolean>()
  const isAsked = (linkId: string, depth = 0): boolean => {
    const known = asked.get(linkId)
    const item = byId.get(linkId)
    if (known !== undefined || item === undefined || depth > MAX_ITEMS) return known ?? false
    // Conditions that go in a circle are never met.
    asked.set(linkId, false)
    const holds = item.conditions.map(condition => isMet(condition, byId, draft, id => isAsked(id, depth + 1)))
    const isOn = holds.length === 0 || (item.anyCondition ? holds.some(Boolean) : holds.every(Boolean))
    const answer = isOn && item.within.every(id => isAsked(id, depth + 1))
    asked.set(linkId, answer)
    return answer
  }
  return form.items.filter(({ linkId }) => isAsked(linkId))
}

function isMet(
  { question, operator, answer }: Condition,
  byId: ReadonlyMap<string, FormItem>,
  draft: Draft,
  isAsked: (linkId: string) => boolean,
): boolean {
  const item = byId.get(question)
  const typed = item !== undefined && isAsked(question) ? (draft[question] ?? '') : ''
  if (operator === 'exists') return (typed !== '') === (answer === 'true')
  if (typed === '' || item === undefined) return false
  const option = item.type === 'choice' ? item.options[Number(typed)] : undefined
  const said = option === undefined ? typed : (option.code ?? option.text)
  if (operator === '=' || operator === '!=') {
    const isSame = said === answer || option?.text === answer
    return isSame === (operator === '=')
  }
  const [left, right] = [said, answer].map(text => (item.type === 'date' ? Date.parse(text) : Number(text)))
  if (left === undefined || right === undefined || Number.isNaN(left) || Number.isNaN(right)) return false
  return { '>': left > right, '<': left < right, '>=': left >= right, '<=': left <= right }[operator]
}
