import { SYSTEMS } from '#schema/codes/systems.ts'
import type { FhirObject } from '../cda/fhir-json.ts'
import { appleCoding, categoryOf, madeBy, notesOf, quantity, timeOf } from './health-resources.ts'
import { type HealthUnit, writtenHealthNumber } from './health-units.ts'
import type { HealthReading } from './series.ts'

export const SYSTOLIC = 'HKQuantityTypeIdentifierBloodPressureSystolic'
export const DIASTOLIC = 'HKQuantityTypeIdentifierBloodPressureDiastolic'
export const PRESSURE = 'HKCorrelationTypeIdentifierBloodPressure'

export interface PressurePart extends HealthReading {
  readonly value: number
  readonly type: typeof SYSTOLIC | typeof DIASTOLIC
  readonly source: string
  readonly unit: HealthUnit
}

export interface Pressure {
  readonly systolic: PressurePart
  readonly diastolic: PressurePart
  readonly metadata: HealthReading['metadata']
}

const momentOf = ({ source, at, until }: PressurePart) => `${at} ${until} ${source}`
const partOf = (part: PressurePart) => `${momentOf(part)} ${part.type} ${part.value} ${part.unit.unit}`

/** Brings the two halves of blood pressures together: Apple writes each both loose and inside a Correlation. */
export class BloodPressures {
  readonly #paired: Pressure[] = []
  readonly #pairedParts = new Set<string>()
  readonly #loose: PressurePart[] = []
  #alone: readonly PressurePart[] = []

  /** Parts held: each pair is two. */
  get held(): number {
    return this.#paired.length * 2 + this.#loose.length
  }

  /** The days of all, in days since 1970; complete after `finish`. */
  days(): readonly number[] {
    return [...this.#paired.map(({ systolic }) => systolic.day), ...this.#alone.map(({ day }) => day)]
  }

  addLoose(part: PressurePart): void {
    this.#loose.push(part)
  }

  /** What stands in one Correlation. Unless it is one of each, they are looked at as if they stood loose. */
  addTogether(parts: readonly PressurePart[], metadata: HealthReading['metadata']): void {
    const [systolic, diastolic] = onlyPair(parts)
    if (systolic === undefined || diastolic === undefined || parts.length !== 2) this.#loose.push(...parts)
    else this.#pair(systolic, diastolic, metadata)
  }

  #pair(systolic: PressurePart, diastolic: PressurePart, metadata: HealthReading['metadata']): void {
    this.#paired.push({ systolic, diastolic, metadata })
    this.#pairedParts.add(partOf(systolic)).add(partOf(diastolic))
  }

  /** All pressures, and halves whose other half is not there or not certain. To be asked once, at the end. */
  finish(): { readonly pairs: readonly Pressure[]; readonly alone: readonly PressurePart[] } {
    const left = new Map<string, PressurePart>()
    for (const part of this.#loose) if (!this.#pairedParts.has(partOf(part))) left.set(partOf(part), part)
    const alone: PressurePart[] = []
    for (const parts of Map.groupBy(left.values(), momentOf).values()) {
      const [systolic, diastolic] = onlyPair(parts)
      if (systolic === undefined || diastolic === undefined || parts.length !== 2) alone.push(...parts)
      else this.#pair(systolic, diastolic, systolic.metadata)
    }
    this.#alone = alone
    return { pairs: this.#paired, alone }
  }
}

const onlyPair = (parts: readonly PressurePart[]) =>
  [SYSTOLIC, DIASTOLIC].map(type => parts.find(part => part.type === type))

/** LOINC 85354-9 with 8480-6 and 8462-4, as FHIR R4's profile of blood pressure wants it. */
export function pressureResource({ systolic, diastolic, metadata }: Pressure, subject: string): FhirObject {
  const component = (part: PressurePart, code: string, display: string): FhirObject => ({
    code: { coding: [{ system: SYSTEMS.loinc, code, display }, appleCoding(part.type)], text: display },
    valueQuantity: quantity(writtenHealthNumber(part.written, part.unit), part.unit),
  })
  const display = 'Blood pressure panel with all children optional'
  return {
    resourceType: 'Observation',
    status: 'final',
    category: categoryOf('vital-signs'),
    code: {
      coding: [{ system: SYSTEMS.loinc, code: '85354-9', display }, appleCoding(PRESSURE)],
      text: 'Blood pressure',
    },
    subject: { reference: subject },
    ...timeOf(systolic),
    ...madeBy(systolic.source, systolic.device),
    note: notesOf(metadata),
    component: [
      component(systolic, '8480-6', 'Systolic blood pressure'),
      component(diastolic, '8462-4', 'Diastolic blood pressure'),
    ],
  }
}
