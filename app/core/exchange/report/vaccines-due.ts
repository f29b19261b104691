import { conceptText, tokensOf } from '#schema/record/fhir/concept.ts'
import { objectsOf, parseObject, textOf } from '#schema/record/fhir/json.ts'

/** What a source says of a vaccine that it recommends. */
export interface VaccineDue {
  readonly vaccine: string
  /** In the source's words: due, overdue, complete … */
  readonly status?: string
  /** FHIR dates as written. */
  readonly due?: string
  readonly earliest?: string
}

/** LOINC names of the days, as the dateCriterion codes of https://hl7.org/fhir/R4/immunizationrecommendation.html have them. */
const DUE = '30980-7'
const EARLIEST = '30981-5'

const MOST = 100

/** Of an ImmunizationRecommendation, in the order in which its source lists them; what names no vaccine is left out. Total. */
export function vaccinesDue(original: string): readonly VaccineDue[] {
  const resource = parseObject(original)
  if (resource['resourceType'] !== 'ImmunizationRecommendation') return []
  return objectsOf(resource['recommendation'])
    .slice(0, MOST)
    .flatMap(each => {
      const [first] = objectsOf(each['vaccineCode'])
      const vaccine = conceptText(first) ?? conceptText(each['targetDisease'])
      if (vaccine === undefined) return []
      const dayOf = (code: string) =>
        textOf(objectsOf(each['dateCriterion']).find(day => tokensOf(day['code']).has(code))?.['value'])
      const told = { status: conceptText(each['forecastStatus']), due: dayOf(DUE), earliest: dayOf(EARLIEST) }
      const known = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined))
      return [{ vaccine, ...known }]
    })
}
