import type { Fhir, FhirObject } from '../cda/fhir-json.ts'
import { appleCoding, categoryOf, madeBy, notesOf, quantity, timeOf } from './health-resources.ts'
import { healthType, shortName, wordsOf } from './health-types.ts'
import { type HealthUnit, healthUnit, writtenHealthNumber } from './health-units.ts'
import { keptText } from './kept-text.ts'
import type { Tag } from './scan-health-data.ts'
import type { HealthReading } from './series.ts'

type Span = Pick<HealthReading, 'at' | 'until' | 'zone' | 'day' | 'device'> & { readonly source: string }

interface Measured {
  readonly type: string
  readonly what: 'sum' | 'average' | 'minimum' | 'maximum'
  readonly written: string
  readonly unit: HealthUnit
}

const STATISTICS = ['sum', 'average', 'minimum', 'maximum'] as const
const WORDS = { sum: '', average: ', mean', minimum: ', least', maximum: ', greatest' } as const
const MAX_MEASURED = 40
const MINUTES: HealthUnit = { unit: 'min', isUcum: true, factor: 1 }

/** One workout; FHIR R4 has no resource for it, so it becomes an Observation of an activity. */
export class Workout {
  readonly span: Span
  readonly activity: string
  metadata: HealthReading['metadata'] = []
  readonly #measured: Measured[] = []
  readonly #duration: string

  constructor(tag: Tag, span: Span) {
    this.span = span
    this.activity = keptText(tag.get('workoutActivityType') ?? '')
    const isMinutes = (tag.get('durationUnit') ?? 'min') === 'min'
    this.#duration = isMinutes ? keptText(tag.get('duration') ?? '') : ''
    // Exports before iOS 16 say so in attributes, later ones in elements.
    this.#take('HKQuantityTypeIdentifierDistance', 'sum', tag.get('totalDistance'), tag.get('totalDistanceUnit'))
    this.#take(
      'HKQuantityTypeIdentifierActiveEnergyBurned',
      'sum',
      tag.get('totalEnergyBurned'),
      tag.get('totalEnergyBurnedUnit'),
    )
  }

  /** An element inside it. */
  add(tag: Tag): void {
    if (tag.name !== 'WorkoutStatistics') return
    for (const what of STATISTICS) this.#take(tag.get('type') ?? '', what, tag.get(what), tag.get('unit'))
  }

  #take(type: string, what: Measured['what'], written: string | undefined, unit = ''): void {
    if (written === undefined || type === '' || this.#measured.length >= MAX_MEASURED) return
    this.#measured.push({
      type: keptText(type),
      what,
      written: keptText(written),
      unit: healthUnit(type, keptText(unit)),
    })
  }

  resource(subject: string): FhirObject {
    const { source, device, at, until } = this.span
    const minutes = this.#duration === '' ? String((until - at) / 60_000) : this.#duration
    return {
      resourceType: 'Observation',
      status: 'final',
      category: categoryOf('activity'),
      code: {
        coding: [appleCoding(this.activity)],
        text: `Workout: ${wordsOf(shortName(this.activity)).toLowerCase()}`,
      },
      subject: { reference: subject },
      ...timeOf(this.span),
      ...madeBy(source, device),
      valueQuantity: quantity(writtenHealthNumber(minutes, MINUTES), MINUTES),
      note: notesOf(this.metadata),
      component: this.#measured.map(componentOf),
    }
  }
}

function componentOf({ type, what, written, unit }: Measured): Fhir {
  const value = quantity(writtenHealthNumber(written, unit), unit)
  if (value === undefined) return undefined
  const name = `${type === 'HKQuantityTypeIdentifierDistance' ? 'Distance' : healthType(type).name}${WORDS[what]}`
  return { code: { coding: [appleCoding(type)], text: name }, valueQuantity: value }
}
