import { conceptText } from '#schema/record/fhir/concept.ts'
import { isObject, objectsOf, parseObject, textOf } from '#schema/record/fhir/json.ts'

/** What a clinic's plan says is to be done. */
export interface ClinicStep {
  readonly title: string
  readonly state: 'open' | 'done' | 'stopped'
}

const STATES: ReadonlyMap<unknown, ClinicStep['state']> = new Map([
  ['completed', 'done'],
  ['cancelled', 'stopped'],
  ['stopped', 'stopped'],
])

/** More of one plan are no list. */
const MOST = 50

/** https://hl7.org/fhir/R4/careplan.html: its activities that are called something, those that are open first. Total. */
export function clinicSteps(original: string): readonly ClinicStep[] {
  const resource = parseObject(original)
  if (resource['resourceType'] !== 'CarePlan') return []
  const steps = objectsOf(resource['activity']).flatMap(({ detail }): readonly ClinicStep[] => {
    if (!isObject(detail) || detail['status'] === 'entered-in-error') return []
    const title = conceptText(detail['code']) ?? textOf(detail['description'])
    return title === undefined ? [] : [{ title, state: STATES.get(detail['status']) ?? 'open' }]
  })
  const isOpen = ({ state }: ClinicStep) => state === 'open'
  return [...steps.filter(isOpen), ...steps.filter(step => !isOpen(step))].slice(0, MOST)
}
