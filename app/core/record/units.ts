import { ucum } from '@atomic-ehr/ucum'

const isValidByUnit = new Map<string, boolean>()
/** A file may hold any number of made-up units. */
const MAX_REMEMBERED = 2000

/** Whether `unit` is a UCUM unit by its grammar and tables (annotations included). Total. */
export function isUcumUnit(unit: string): boolean {
  const known = isValidByUnit.get(unit)
  if (known !== undefined) return known
  const isValid = unit.length <= 100 && check(unit)
  if (isValidByUnit.size < MAX_REMEMBERED) isValidByUnit.set(unit, isValid)
  return isValid
}

function check(unit: string): boolean {
  try {
    return ucum.validate(withoutAnnotations(unit)).valid
  } catch {
    return false
  }
}

/** Annotations (`{score}`) mean nothing by UCUM §12; one that stands alone is the unit 1. The library refuses some, as `{1.73_m2}`. */
function withoutAnnotations(unit: string): string {
  return unit.replace(/(^|[/.])\{[^{}]*\}/g, '$11').replace(/\{[^{}]*\}/g, '')
}
