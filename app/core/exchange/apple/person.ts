import { namedIn } from '#schema/named-in.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import { parseWhen } from '#schema/record/when.ts'
import type { FhirObject } from '../cda/fhir-json.ts'
import { appleCoding, categoryOf } from './health-resources.ts'
import { shortName, wordsOf } from './health-types.ts'

const CHARACTERISTIC = 'HKCharacteristicTypeIdentifier'
const SEXES: Readonly<Record<string, string>> = {
  HKBiologicalSexFemale: 'female',
  HKBiologicalSexMale: 'male',
  HKBiologicalSexOther: 'other',
}
const BLOOD_TYPES: Readonly<Record<string, string>> = {
  HKBloodTypeAPositive: 'A Rh positive',
  HKBloodTypeANegative: 'A Rh negative',
  HKBloodTypeBPositive: 'B Rh positive',
  HKBloodTypeBNegative: 'B Rh negative',
  HKBloodTypeABPositive: 'AB Rh positive',
  HKBloodTypeABNegative: 'AB Rh negative',
  HKBloodTypeOPositive: 'O Rh positive',
  HKBloodTypeONegative: 'O Rh negative',
}
const METHOD = { text: 'As set by the person in Apple Health' }

export type Me = ReadonlyMap<string, string>

/** A full date of birth that a calendar has. */
export function birthDateOf(me: Me): string | undefined {
  const written = me.get(`${CHARACTERISTIC}DateOfBirth`)
  const read = parseWhen(written)
  return read.ok && /^\d{4}-\d\d-\d\d$/.test(read.value.text) ? read.value.text : undefined
}

/** The person as the phone knows them: no name. */
export function patientResource(me: Me): FhirObject {
  return {
    resourceType: 'Patient',
    gender: namedIn(SEXES, me.get(`${CHARACTERISTIC}BiologicalSex`)),
    birthDate: birthDateOf(me),
  }
}

/** What else the person has set about themselves, each with its address' key. */
export function* characteristics(
  me: Me,
  subject: string,
): Generator<{ readonly key: string; readonly resource: FhirObject }> {
  for (const [name, value] of me) {
    const short = name.startsWith(CHARACTERISTIC) ? name.slice(CHARACTERISTIC.length) : ''
    if (short === '' || short === 'DateOfBirth' || short === 'BiologicalSex') continue
    if (value === '' || value === 'None' || value.endsWith('NotSet')) continue
    const isBlood = short === 'BloodType'
    const loinc = { system: SYSTEMS.loinc, code: '882-1', display: 'ABO and Rh group [Type] in Blood' }
    const resource = {
      resourceType: 'Observation',
      status: 'final',
      category: categoryOf(isBlood ? 'laboratory' : 'survey'),
      code: {
        coding: [...(isBlood ? [loinc] : []), appleCoding(name)],
        text: isBlood ? 'Blood group' : wordsOf(short),
      },
      subject: { reference: subject },
      valueString: namedIn(BLOOD_TYPES, value) ?? wordsOf(shortName(value).replace(short, '')),
      method: METHOD,
    }
    yield { key: `${name} ${value}`, resource }
  }
}
