import { isUcumUnit } from '#app/core/record/units.ts'
import { isObject, type JsonObject, objectsOf } from '#schema/record/fhir/json.ts'
import { fhirDateTime, parseWhen } from '#schema/record/when.ts'
import { codesIn, type ElementRule, rulesFor } from './definitions.ts'
import { narrativeFaults } from './narrative-faults.ts'

/**
 * What both validators miss: codes outside a required binding, dates that no calendar has, empty lists, objects and texts, control
 * characters, UCUM codes that are none, scripts in narratives, addresses in a Bundle that are not absolute; and members that FHIR does
 * not know.
 */
export function ownFaults(resource: JsonObject): readonly string[] {
  return resourceFaults(resource, String(resource['resourceType']))
}

function resourceFaults(resource: JsonObject, path: string): readonly string[] {
  const type = String(resource['resourceType'])
  if (rulesFor(type) === undefined) return [`${path}: no resource type of R4`]
  const { resourceType: _, ...members } = resource
  return memberFaults(members, { type, at: type }, path)
}

/** Where the rules of an object stand: the type that defines it, and its path in there. */
interface Place {
  readonly type: string
  readonly at: string
}

function memberFaults(object: JsonObject, place: Place, path: string): readonly string[] {
  const entries = Object.entries(object)
  if (entries.length === 0) return [`${path} is empty`]
  return entries.flatMap(([name, value]) => {
    const here = `${path}.${name}`
    const found = ruleFor(place, name.replace(/^_/, ''))
    if (found === undefined) return [`${here} is not known`]
    return name.startsWith('_')
      ? itemsOf(value).flatMap(item =>
          isObject(item) ? memberFaults(item, { type: 'Element', at: 'Element' }, here) : [],
        )
      : valueFaults(value, found, place, here)
  })
}

function ruleFor({ type, at }: Place, name: string): { rule: ElementRule; type: string } | undefined {
  const rules = rulesFor(type)
  const plain = rules?.get(`${at}.${name}`)
  if (plain !== undefined) return { rule: plain, type: plain.types[0] ?? '' }
  for (const rule of rules?.values() ?? []) {
    if (!rule.path.startsWith(`${at}.`) || !rule.path.endsWith('[x]')) continue
    const base = rule.path.slice(at.length + 1, -3)
    const chosen = rule.types.find(code => name === base + code.charAt(0).toUpperCase() + code.slice(1))
    if (chosen !== undefined) return { rule, type: chosen }
  }
  return undefined
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

function valueFaults(
  value: unknown,
  { rule, type }: { rule: ElementRule; type: string },
  place: Place,
  path: string,
): readonly string[] {
  const isList = rule.max !== '1' && rule.max !== '0'
  if (Array.isArray(value) !== isList) return [`${path} is ${isList ? 'no list' : 'a list'}`]
  if (Array.isArray(value) && value.length === 0) return [`${path} is an empty list`]
  const target = rule.contentReference?.slice(1)
  return itemsOf(value).flatMap((item, index) => {
    const here = isList ? `${path}[${index}]` : path
    const bound = rule.requiredValueSet === undefined ? [] : bindingFaults(item, rule.requiredValueSet, here)
    return [
      ...bound,
      ...itemFaults(item, target ?? rule.path, target === undefined ? type : 'BackboneElement', place, here),
    ]
  })
}

function itemFaults(item: unknown, rulePath: string, type: string, place: Place, path: string): readonly string[] {
  if (!isObject(item)) return primitiveFaults(item, { type, rulePath }, path)
  if (type === 'Resource') return resourceFaults(item, `${path}:${String(item['resourceType'])}`)
  if (type === 'BackboneElement' || type === 'Element')
    return memberFaults(item, { type: place.type, at: rulePath }, path)
  const own = type === 'Quantity' || type === 'Age' || type === 'Duration' ? unitFaults(item, path) : []
  return [...own, ...memberFaults(item, { type, at: type }, path)]
}

function unitFaults(quantity: JsonObject, path: string): readonly string[] {
  const isUcum = quantity['system'] === 'http://unitsofmeasure.org'
  return isUcum && !isUcumUnit(String(quantity['code'])) ? [`${path}.code is no unit of UCUM`] : []
}

function primitiveFaults(
  value: unknown,
  { type, rulePath }: { readonly type: string; readonly rulePath: string },
  path: string,
): readonly string[] {
  if (value === null || value === undefined || value === '') return [`${path} is empty`]
  if (typeof value !== 'string') return []
  if (type === 'date' || type === 'dateTime' || type === 'instant') return dateFaults(value, path)
  if (rulePath === 'Bundle.entry.fullUrl' && !/^[a-z][a-z\d+.-]*:/i.test(value)) return [`${path} is not absolute`]
  if (type === 'xhtml') return narrativeFaults(value).map(fault => `${path}: ${fault}`)
  if (value.trim() === '') return [`${path} is blank`]
  return /[^\P{Cc}\t\n\r]/u.test(value) || !value.isWellFormed() ? [`${path} holds what no text may`] : []
}

function dateFaults(value: string, path: string): readonly string[] {
  if (!parseWhen(value).ok) return [`${path} is no date that exists`]
  return fhirDateTime(value) === value ? [] : [`${path} is not written as FHIR does`]
}

function bindingFaults(value: unknown, valueSet: string, path: string): readonly string[] {
  const codes = codesIn(valueSet)
  if (codes === undefined) return []
  if (typeof value === 'string') return codes.has(value) ? [] : [`${path} "${value}" is not in ${valueSet}`]
  const codings = isObject(value) ? objectsOf(value['coding'] ?? (value['code'] === undefined ? undefined : value)) : []
  const isBound = codings.some(coding => codes.has(String(coding['code'])))
  return isBound || (isObject(value) && 'value' in value) ? [] : [`${path} has no code of ${valueSet}`]
}
