import { fail, ok, type Result } from '../result.ts'
import { isObject, type JsonObject } from '../record/fhir/json.ts'
import { parseWhen } from '../record/when.ts'
import type { Instrument } from './instrument.ts'

/** What was answered to one question, as FHIR tells answers apart. `points`: what the option counts. */
export type AnswerValue =
  | {
      readonly type: 'choice'
      readonly text: string
      readonly system?: string
      readonly code?: string
      readonly points?: number
    }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'integer' | 'decimal'; readonly value: number }
  | { readonly type: 'date' | 'text'; readonly value: string }

export interface Answer {
  readonly linkId: string
  readonly text: string
  readonly value: AnswerValue
}

const MAX_ANSWERS = 200
const MAX_ID = 200
const MAX_TEXT = 2000

/** Answers as an entry's field keeps them: JSON with its members in one order, so that the same answers are the same text. */
export function answersText(answers: readonly Answer[]): string {
  return JSON.stringify(answers.map(({ linkId, text, value }) => ({ linkId, text, value: ordered(value) })))
}

function ordered(value: AnswerValue): AnswerValue {
  if (value.type !== 'choice') return { type: value.type, value: value.value } as AnswerValue
  const { type, text, system, code, points } = value
  return { type, text, ...some('system', system), ...some('code', code), ...some('points', points) }
}

const some = (name: string, value: unknown) => (value === undefined ? {} : { [name]: value })

/** Reads what `answersText` wrote: one to 200 answers, each to another question. Total. */
export function readAnswers(text: string): Result<readonly Answer[], 'not-answers'> {
  try {
    const list: unknown = JSON.parse(text)
    if (!Array.isArray(list) || list.length === 0 || list.length > MAX_ANSWERS) return fail('not-answers')
    const answers = list.flatMap(each => readAnswer(each) ?? [])
    const isWhole = answers.length === list.length && new Set(answers.map(({ linkId }) => linkId)).size === list.length
    return isWhole ? ok(answers) : fail('not-answers')
  } catch {
    return fail('not-answers')
  }
}

function readAnswer(value: unknown): Answer | undefined {
  if (!isObject(value)) return undefined
  const [linkId, text, answered] = [wordsIn(value['linkId'], MAX_ID), wordsIn(value['text'], MAX_TEXT), value['value']]
  const read = isObject(answered) ? readValue(answered) : undefined
  return linkId === undefined || text === undefined || read === undefined ? undefined : { linkId, text, value: read }
}

/** 32 bits with a sign (https://hl7.org/fhir/R4/datatypes.html#integer). */
export const isFhirInteger = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= -(2 ** 31) && Number(value) < 2 ** 31

function readValue(value: JsonObject): AnswerValue | undefined {
  const { type, value: said } = value
  switch (type) {
    case 'choice': {
      const text = wordsIn(value['text'], MAX_TEXT)
      const [system, code] = [wordsIn(value['system'], MAX_ID), wordsIn(value['code'], MAX_ID)]
      const points = isNumber(value['points']) ? value['points'] : undefined
      if (text === undefined) return undefined
      return { type, text, ...some('system', system), ...some('code', code), ...some('points', points) }
    }
    case 'boolean':
      return typeof said === 'boolean' ? { type, value: said } : undefined
    case 'integer':
      return isFhirInteger(said) ? { type, value: said } : undefined
    case 'decimal':
      return isNumber(said) ? { type, value: said } : undefined
    case 'date':
      return typeof said === 'string' && said.length <= 10 && parseWhen(said).ok ? { type, value: said } : undefined
    case 'text': {
      const words = wordsIn(said, MAX_TEXT)
      return words === undefined ? undefined : { type, value: words }
    }
    default:
      return undefined
  }
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

/** As FHIR allows texts: no control characters, not blank. */
function wordsIn(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string' || value.length > max) return undefined
  const words = value
    .replace(/[^\P{Cc}\t\n\r]/gu, '')
    .trim()
    .toWellFormed()
  return words === '' ? undefined : words
}

/** The total, where each question that it adds up is answered: the instruments know no total of some. */
export function totalOf(instrument: Instrument, answers: readonly Answer[]): number | undefined {
  const points = instrument.scored.map(linkId => pointsOf(answers, linkId))
  if (points.includes(undefined)) return undefined
  return points.reduce<number>((sum, each) => sum + (each ?? 0), 0)
}

function pointsOf(answers: readonly Answer[], linkId: string): number | undefined {
  const value = answers.find(answer => answer.linkId === linkId)?.value
  return value?.type === 'choice' ? value.points : undefined
}

const CRISIS_LOINC = '44260-8'
const NOT_AT_ALL = 'LA6568-5'

/**
 * Whether the question of the PHQ-9 for thoughts of death or of hurting oneself was answered with anything but "not at all", whoever's
 * form it stands in.
 */
export function asksForHelp(answers: readonly Answer[]): boolean {
  return answers.some(({ linkId, value }) => {
    if (!linkId.includes(CRISIS_LOINC)) return false
    if (value.type === 'choice') return value.code === undefined ? (value.points ?? 1) > 0 : value.code !== NOT_AT_ALL
    return value.type === 'boolean'
      ? value.value
      : value.type !== 'integer' && value.type !== 'decimal'
        ? true
        : value.value > 0
  })
}
