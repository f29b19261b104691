import { SYSTEMS } from '../codes/systems.ts'
import { type Answer, type AnswerValue, answersText, readAnswers, totalOf } from '../questionnaires/answer.ts'
import type { Instrument } from '../questionnaires/instrument.ts'
import { instrumentOf } from '../questionnaires/instruments.ts'
import type { Result } from '../result.ts'
import type { AnswersFields, EntryParts } from './entry.ts'
import { type InvalidField, readFields } from './field-reader.ts'
import { at, type JsonObject, objectsOf, textOf, tokenOf } from './fhir/json.ts'
import { concept, isPatientSupplied, known, type OwnResource, ownResource } from './own-resource.ts'
import { fhirDateTime, parseWhen } from './when.ts'

export function parseAnswersEntry(value: unknown): Result<AnswersFields, InvalidField> {
  return readFields(value, read => {
    const fields = {
      kind: read.choice('kind', ['answers']),
      title: read.text('title'),
      ...read.optionalText('form'),
      answeredAt: read.dateTime('answeredAt'),
      answers: read.longText('answers'),
    }
    const answers = readAnswers(fields.answers)
    if (!answers.ok) return read.stop('answers')
    if (fields.form !== undefined && /\s/.test(fields.form)) return read.stop('form')
    return { ...fields, answers: answersText(answers.value) }
  })
}

export function answersParts(fields: AnswersFields): EntryParts {
  const when = parseWhen(fields.answeredAt)
  const instrument = instrumentOf(fields.form)
  const total = instrument && totalIn(instrument, fields)
  return {
    kind: 'answers',
    section: 'functioning',
    title: fields.title,
    ...(when.ok ? { when: when.value } : {}),
    ...(total === undefined
      ? {}
      : { value: { type: 'quantity', quantity: { value: total, unit: '{score}', isUcum: true } } }),
    status: 'active',
    codes: instrument === undefined ? [] : [{ system: SYSTEMS.loinc, code: instrument.loinc }],
  }
}

function totalIn(instrument: Instrument, fields: AnswersFields): number | undefined {
  const answers = readAnswers(fields.answers)
  return answers.ok ? totalOf(instrument, answers.value) : undefined
}

/** https://hl7.org/fhir/R4/extension-display.html: what the questionnaire is called, which a canonical alone does not say. */
const DISPLAY = 'http://hl7.org/fhir/StructureDefinition/display'
const ORDINAL = 'http://hl7.org/fhir/StructureDefinition/ordinalValue'

/** https://hl7.org/fhir/R4/questionnaireresponse.html */
export function answersToFhir(fields: AnswersFields, own: OwnResource): JsonObject {
  const answers = readAnswers(fields.answers)
  return {
    ...ownResource('QuestionnaireResponse', own),
    ...known('questionnaire', fields.form),
    _questionnaire: { extension: [{ url: DISPLAY, valueString: fields.title }] },
    status: 'completed',
    subject: { reference: own.subject },
    authored: fhirDateTime(fields.answeredAt),
    author: { reference: own.subject },
    source: { reference: own.subject },
    item: answers.ok ? answers.value.map(itemOf) : [],
  }
}

function itemOf({ linkId, text, value }: Answer): JsonObject {
  return { linkId, text, answer: [valueToFhir(value)] }
}

function valueToFhir(value: AnswerValue): JsonObject {
  switch (value.type) {
    case 'choice': {
      const { text, system, code, points } = value
      const counts = points === undefined ? {} : { extension: [{ url: ORDINAL, valueDecimal: points }] }
      return { valueCoding: { ...counts, ...known('system', system), ...known('code', code), display: text } }
    }
    case 'boolean':
      return { valueBoolean: value.value }
    case 'integer':
      return { valueInteger: value.value }
    case 'decimal':
      return { valueDecimal: value.value }
    case 'date':
      return { valueDate: value.value }
    case 'text':
      return { valueString: value.value }
  }
}

/** Of any response: its questions with what was answered first to each, those within others too; what has no answer is left out. */
export function answersOf(resource: JsonObject): readonly Answer[] {
  const found: Answer[] = []
  const visit = (items: unknown, depth: number) => {
    if (depth > 12) return
    for (const item of objectsOf(items)) {
      const linkId = tokenOf(item['linkId']) ?? ''
      const given = objectsOf(item['answer'])
      for (const answer of given) {
        const value = valueFromFhir(answer)
        if (value !== undefined && found.length < 500)
          found.push({ linkId, text: textOf(item['text'], 2000) ?? linkId, value })
        visit(answer['item'], depth + 1)
      }
      visit(item['item'], depth + 1)
    }
  }
  visit(resource['item'], 0)
  return found
}

function valueFromFhir(answer: JsonObject): AnswerValue | undefined {
  const { valueBoolean, valueInteger, valueDecimal } = answer
  if (typeof valueBoolean === 'boolean') return { type: 'boolean', value: valueBoolean }
  if (typeof valueInteger === 'number') return { type: 'integer', value: valueInteger }
  if (typeof valueDecimal === 'number') return { type: 'decimal', value: valueDecimal }
  const date = textOf(answer['valueDate'])
  if (date !== undefined && date.length <= 10 && parseWhen(date).ok) return { type: 'date', value: date }
  const coding = answer['valueCoding']
  const [system, code, display] = [
    tokenOf(at(coding, 'system')),
    tokenOf(at(coding, 'code')),
    textOf(at(coding, 'display'), 2000),
  ]
  const text = display ?? code
  if (text !== undefined) {
    const points = objectsOf(at(coding, 'extension')).find(({ url }) => url === ORDINAL)?.['valueDecimal']
    return {
      type: 'choice',
      text,
      ...(system === undefined ? {} : { system }),
      ...(code === undefined ? {} : { code }),
      ...(typeof points === 'number' ? { points } : {}),
    }
  }
  const words = firstWords(answer)
  return words === undefined ? undefined : { type: 'text', value: words }
}

/** Whatever else FHIR lets an answer be, in words. */
function firstWords(answer: JsonObject): string | undefined {
  const said = ['valueString', 'valueDate', 'valueDateTime', 'valueTime', 'valueUri'].flatMap(
    name => textOf(answer[name], 2000) ?? [],
  )
  const { valueQuantity } = answer
  const amount = at(valueQuantity, 'value')
  const quantity =
    typeof amount === 'number' ? `${amount} ${textOf(at(valueQuantity, 'unit')) ?? ''}`.trim() : undefined
  const other = textOf(at(answer['valueReference'], 'display')) ?? textOf(at(answer['valueAttachment'], 'title'))
  return said[0] ?? quantity ?? other
}

/** Of what `answersToFhir` wrote. */
export function answersFromFhir(resource: JsonObject): AnswersFields | undefined {
  if (!isPatientSupplied(resource)) return undefined
  const parsed = parseAnswersEntry({
    kind: 'answers',
    title: at(resource['_questionnaire'], 'extension', 'valueString'),
    form: resource['questionnaire'],
    answeredAt: resource['authored'],
    answers: answersText(answersOf(resource)),
  })
  return parsed.ok ? parsed.value : undefined
}

/**
 * The total of answers as a result of its own (https://hl7.org/fhir/R4/observation.html), for whoever reads no responses; undefined where
 * there is none. `id`: its own; `answersReference`: the response it adds up.
 */
export function totalToFhir(fields: AnswersFields, own: OwnResource, answersReference: string): JsonObject | undefined {
  const instrument = instrumentOf(fields.form)
  const total = instrument && totalIn(instrument, fields)
  if (instrument === undefined || total === undefined) return undefined
  return {
    ...ownResource('Observation', own),
    status: 'final',
    category: [concept(SYSTEMS.observationCategory, 'survey', 'Survey')],
    code: concept(SYSTEMS.loinc, instrument.total, instrument.totalDisplay),
    subject: { reference: own.subject },
    effectiveDateTime: fhirDateTime(fields.answeredAt),
    performer: [{ reference: own.subject }],
    valueQuantity: { value: total, unit: '{score}', system: SYSTEMS.ucum, code: '{score}' },
    derivedFrom: [{ reference: answersReference }],
  }
}
