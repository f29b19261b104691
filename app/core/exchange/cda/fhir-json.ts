import { namedIn } from '#schema/named-in.ts'

/** A number with the digits it was written with: `1.10` is not `1.1` in a laboratory. */
export class WrittenNumber {
  readonly digits: string
  constructor(digits: string) {
    this.digits = digits
  }
}

/**
 * FHIR being made. What is undefined or empty is left out when it becomes text, so that nothing written is empty. Members are
 * called by FHIR's own names alone.
 */
export type Fhir = undefined | boolean | number | string | WrittenNumber | readonly Fhir[] | FhirObject
export interface FhirObject {
  readonly [name: string]: Fhir
}

/** Whether nothing of a value is left when it becomes text. */
export function isSilent(value: Fhir): boolean {
  if (value === undefined) return true
  if (typeof value === 'string') return value.trim() === ''
  if (typeof value !== 'object' || value instanceof WrittenNumber) return false
  return isList(value) ? value.every(isSilent) : Object.values(value).every(isSilent)
}

/** JSON text without white space; undefined when nothing is left of `value`. */
export function fhirText(value: Fhir): string | undefined {
  if (value === undefined) return undefined
  if (value instanceof WrittenNumber) return value.digits
  if (typeof value === 'string') return value.trim() === '' ? undefined : JSON.stringify(value.toWellFormed())
  if (typeof value !== 'object') return JSON.stringify(value)
  return isList(value) ? listText(value) : objectText(value)
}

function listText(value: readonly Fhir[]): string | undefined {
  let text = ''
  for (const item of value) {
    const own = fhirText(item)
    if (own !== undefined) text += text === '' ? own : `,${own}`
  }
  return text === '' ? undefined : `[${text}]`
}

function objectText(value: FhirObject): string | undefined {
  let text = ''
  for (const name in value) {
    const own = fhirText(value[name])
    if (own !== undefined) text += `${text === '' ? '' : ','}"${name}":${own}`
  }
  return text === '' ? undefined : `{${text}}`
}

const isList = (value: readonly Fhir[] | FhirObject): value is readonly Fhir[] => Array.isArray(value)

/** The digits of a FHIR decimal (https://hl7.org/fhir/R4/datatypes.html#decimal); undefined where `text` is no number. */
export function writtenNumber(text: string | undefined): WrittenNumber | undefined {
  const parts = /^([+-]?)0*(\d*)(?:\.(\d*))?([eE][+-]?\d{1,3})?$/.exec(text?.trim() ?? '')
  if (parts === null || !/\d/.test(text ?? '')) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = ''] = parts
  const digits = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}${exponent}`
  return Number.isFinite(Number(digits)) ? new WrittenNumber(sign === '-' ? `-${digits}` : digits) : undefined
}

/** A whole number that FHIR's `integer` holds (32 bits); undefined otherwise. */
export function wholeNumber(text: string | undefined): number | undefined {
  const number = /^[+-]?\d{1,10}$/.test(text?.trim() ?? '') ? Number(text) : Number.NaN
  return Math.abs(number) < 2 ** 31 ? number : undefined
}

/** https://hl7.org/fhir/R4/extension-data-absent-reason.html */
export function absent(reason = 'unknown'): FhirObject {
  return {
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: reason }],
  }
}

/** C-CDA on FHIR, NullFlavor to data-absent-reason. */
const ABSENT_REASONS: Readonly<Record<string, string>> = {
  OTH: 'unsupported',
  NINF: 'negative-infinity',
  PINF: 'positive-infinity',
  MSK: 'masked',
  NA: 'not-applicable',
  ASKU: 'asked-unknown',
  NAV: 'temp-unknown',
  NASK: 'not-asked',
  TRC: 'unsupported',
}

export function absentReason(nullFlavor: string | undefined): string {
  return namedIn(ABSENT_REASONS, nullFlavor) ?? 'unknown'
}

/** Other codings for an element that FHIR holds as one bare code (https://hl7.org/fhir/extensions/StructureDefinition-alternate-codes.html). */
export function alternateCodes(concept: Fhir): Fhir {
  if (concept === undefined) return undefined
  return {
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/alternate-codes', valueCodeableConcept: concept }],
  }
}
