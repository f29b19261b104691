import { SYSTEMS } from '#schema/codes/systems.ts'
import type { Coding } from '#schema/record/entry.ts'
import type { LanguageTag } from '../../language/language.ts'

/** A code that MedlinePlus Connect answers to, in one of the two languages that it speaks. */
export interface LookUp {
  readonly code: string
  /** As clinics call it. */
  readonly system: string
  readonly language: 'en' | 'es'
  /** Says these three things and nothing else. */
  readonly address: string
}

/** By their OIDs, and the one preferred first: https://medlineplus.gov/medlineplus-connect/web-application/, read on 28 November 2026. */
const ANSWERED: readonly (readonly [system: string, name: string, oid: string])[] = [
  [SYSTEMS.snomed, 'SNOMED CT', '2.16.840.1.113883.6.96'],
  [SYSTEMS.icd10Cm, 'ICD-10-CM', '2.16.840.1.113883.6.90'],
  [SYSTEMS.rxNorm, 'RxNorm', '2.16.840.1.113883.6.88'],
  [SYSTEMS.loinc, 'LOINC', '2.16.840.1.113883.6.1'],
]

/** Undefined where no code is of a system that MedlinePlus Connect knows. */
export function lookUpOf(codes: readonly Coding[], tag: LanguageTag): LookUp | undefined {
  for (const [system, name, oid] of ANSWERED) {
    const code = codes.find(coding => coding.system === system && coding.code !== undefined)?.code
    if (code === undefined) continue
    const language = tag === 'es' ? 'es' : 'en'
    const asked = new URLSearchParams({
      'mainSearchCriteria.v.cs': oid,
      'mainSearchCriteria.v.c': code,
      'informationRecipient.languageCode.c': language,
    })
    return { code, system: name, language, address: `https://connect.medlineplus.gov/application?${asked}` }
  }
  return undefined
}
