import { SYSTEMS } from '../codes/systems.ts'
import type { JsonObject } from '../record/fhir/json.ts'

/** A questionnaire that comes with the app, word for word as its authors wrote it, and how they count it. */
export interface Instrument {
  readonly id: 'phq-9' | 'gad-7'
  /** LOINC of the whole and of its total. */
  readonly loinc: string
  readonly total: string
  readonly totalDisplay: string
  /** FHIR R4. */
  readonly questionnaire: JsonObject
  /** The questions that the total adds up, by `linkId`. */
  readonly scored: readonly string[]
  readonly most: number
  /** In the authors' words, in English: what a total means is theirs to say. */
  readonly bands: string
  readonly bandsSource: string
  /** The question whose every answer above zero asks for help at once. */
  readonly crisisItem?: string
}

const ORDINAL = 'http://hl7.org/fhir/StructureDefinition/ordinalValue'

interface Option {
  readonly code: string
  readonly display: string
}

interface ChoiceItem {
  readonly loinc: string
  readonly text: string
}

export const linkIdOf = (loinc: string) => `/${loinc}`

/** https://hl7.org/fhir/R4/questionnaire.html: one choice; the options count 0, 1, 2, … */
export function choiceItem({ loinc, text }: ChoiceItem, options: readonly Option[], isScored: boolean): JsonObject {
  return {
    linkId: linkIdOf(loinc),
    code: [{ system: SYSTEMS.loinc, code: loinc }],
    text,
    type: 'choice',
    required: isScored,
    answerOption: options.map((option, points) => ({
      ...(isScored ? { extension: [{ url: ORDINAL, valueDecimal: points }] } : {}),
      valueCoding: { system: SYSTEMS.loinc, ...option },
    })),
  }
}

/** How often, over the last two weeks: of the PHQ-9 and the GAD-7 alike (LOINC LL358-3). */
export const HOW_OFTEN: readonly Option[] = [
  { code: 'LA6568-5', display: 'Not at all' },
  { code: 'LA6569-3', display: 'Several days' },
  { code: 'LA6570-1', display: 'More than half the days' },
  { code: 'LA6571-9', display: 'Nearly every day' },
]

/** What both say of who may use them, and what they hold of LOINC. */
export const COPYRIGHT =
  'Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc. No permission required to reproduce, translate, display or distribute. This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, Inc. and the LOINC Committee and is available at no cost under the license at http://loinc.org/license.'

/** The address by which LOINC itself names a questionnaire. */
export const loincQuestionnaire = (loinc: string) => `http://loinc.org/q/${loinc}`
