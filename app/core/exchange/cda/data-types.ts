import { isUcumUnit } from '../../record/units.ts'
import { attributeOf, childAt, childrenOf, wordsIn, type XmlElement } from '../xml/xml-element.ts'
import { codeSystemOf, identifierSystemOf, isIdentifierSystem, urnOf } from './code-systems.ts'
import { type Fhir, type FhirObject, wholeNumber, writtenNumber } from './fhir-json.ts'
import { wholeName } from './naming.ts'

/** Finds the words that `#id` points at in a section's narrative. */
export type Words = (reference: string) => string | undefined

/** CDA II as FHIR Identifier, by the cases of the mapping guide's table "CDA id → FHIR Identifier". */
export function identifierOf(id: XmlElement): FhirObject | undefined {
  const [root, extension] = [attributeOf(id, 'root'), attributeOf(id, 'extension')]
  if (extension !== undefined) return { system: identifierSystemOf(root), value: extension }
  const urn = urnOf(root)
  if (root === undefined || urn === undefined || isIdentifierSystem(root)) return undefined
  return { system: 'urn:ietf:rfc:3986', value: urn }
}

export function identifiersOf(holder: XmlElement | undefined): readonly Fhir[] {
  return childrenOf(holder, 'id').flatMap(id => identifierOf(id) ?? [])
}

/** What one id says apart from all others: its root with its extension; undefined when it says nothing. */
export function idKey(holder: XmlElement | undefined): string | undefined {
  for (const id of childrenOf(holder, 'id')) {
    const [root, extension] = [attributeOf(id, 'root'), attributeOf(id, 'extension')]
    if (root === undefined || (extension === undefined && isIdentifierSystem(root))) continue
    return `${root.toLowerCase()}|${extension ?? ''}`
  }
  return undefined
}

const codeText = (text: string | undefined) => text?.replace(/\s+/g, ' ')

/** FHIR Coding. A type, so that it counts as FHIR being made. */
export type Coding = {
  readonly system: string | undefined
  readonly version?: string | undefined
  readonly code: string
  readonly display?: string | undefined
}

/** FHIR CodeableConcept. */
export type Concept = { readonly coding: readonly Coding[]; readonly text: string | undefined }

/** One code with its system; undefined without a code. Programs write that there is none (`UNK`) as a code, too. */
export function codingOf(element: XmlElement | undefined): Coding | undefined {
  const code = codeText(attributeOf(element, 'code'))
  if (code === undefined || code === attributeOf(element, 'nullFlavor')) return undefined
  return {
    system: codeSystemOf(attributeOf(element, 'codeSystem'), attributeOf(element, 'codeSystemName')),
    version: attributeOf(element, 'codeSystemVersion'),
    code,
    display: attributeOf(element, 'displayName'),
  }
}

/** Translations of translations, deeper than programs write them, are left out. */
const MAX_TRANSLATIONS = 3

/** An element's code and its translations'. */
export function codingsOf(element: XmlElement | undefined, level = 0): readonly Coding[] {
  const own = codingOf(element)
  const translations =
    level > MAX_TRANSLATIONS ? [] : childrenOf(element, 'translation').flatMap(each => codingsOf(each, level + 1))
  return [...(own === undefined ? [] : [own]), ...translations]
}

/** A code's qualifiers (`laterality: left`) as words: they narrow what it means, and FHIR has no other place for them. */
function qualifierWords(element: XmlElement | undefined): readonly string[] {
  return childrenOf(element, 'qualifier').flatMap(qualifier => {
    const value = childAt(qualifier, 'value')
    return attributeOf(value, 'displayName') ?? wordsIn(childAt(value, 'originalText')) ?? []
  })
}

/** SNOMED CT's own way to write a code with its qualifiers (https://confluence.ihtsdotools.org/display/DOCSCG). */
function composedCoding(element: XmlElement | undefined): Coding | undefined {
  const coding = codingOf(element)
  const pairs = childrenOf(element, 'qualifier').flatMap(qualifier => {
    const [name, value] = [
      attributeOf(childAt(qualifier, 'name'), 'code'),
      attributeOf(childAt(qualifier, 'value'), 'code'),
    ]
    return name === undefined || value === undefined ? [] : [`${name}=${value}`]
  })
  if (coding === undefined || pairs.length === 0 || coding.system !== 'http://snomed.info/sct') return undefined
  return { system: coding.system, code: `${coding.code}:${pairs.join(',')}` }
}

/** The words a person wrote or saw for a code: `originalText`, inline or by reference into the narrative. */
export function originalWords(element: XmlElement | undefined, words: Words): string | undefined {
  const original = childAt(element, 'originalText')
  const reference = attributeOf(childAt(original, 'reference'), 'value')
  return (reference === undefined ? undefined : words(reference)) ?? wordsIn(original)
}

/** What a code and its translations say of themselves, its own name first. */
export function displaysOf(element: XmlElement | undefined, codings = codingsOf(element)): readonly string[] {
  const displays = [attributeOf(element, 'displayName'), ...codings.map(({ display }) => display)]
  return displays.filter(display => display !== undefined)
}

/**
 * CDA CD, CE, CV, CO or CS as CodeableConcept: its code and all translations as codings; undefined when it says nothing.
 * `call` tells of the document's words for it and of what its codes say how it is called.
 */
export function conceptOf(element: XmlElement | undefined, words: Words, call = wholeName): Concept | undefined {
  const composed = composedCoding(element)
  const codings = codingsOf(element)
  const all = [...codings, ...(composed === undefined ? [] : [composed])]
  const seen = new Set<string>()
  const coding = all.filter(({ system, code }) => {
    const key = `${system ?? ''}|${code}`
    return !seen.has(key) && seen.add(key)
  })
  const own = call(originalWords(element, words), displaysOf(element, codings))
  const qualifiers = qualifierWords(element)
  const text = own === undefined || qualifiers.length === 0 ? own : `${own} (${qualifiers.join(', ')})`
  if (coding.length === 0 && text === undefined) return undefined
  return { coding, text }
}

/** A concept called by `words` where it has none of its own. */
export function worded(concept: Concept | undefined, words: string | undefined): Concept | undefined {
  if (concept?.text !== undefined || words === undefined) return concept
  return { coding: concept?.coding ?? [], text: words }
}

/** Whether one of an element's codes, translations included, is `code`. */
export function hasCode(element: XmlElement | undefined, ...codes: readonly string[]): boolean {
  return hasCodeWithin(element, codes, 0)
}

function hasCodeWithin(element: XmlElement | undefined, codes: readonly string[], level: number): boolean {
  const code = codeText(attributeOf(element, 'code'))
  if (code !== undefined && codes.includes(code)) return true
  return (
    level <= MAX_TRANSLATIONS && childrenOf(element, 'translation').some(each => hasCodeWithin(each, codes, level + 1))
  )
}

/** The first of an element's codes that `table` knows, translations included. */
export function lookUp<Value>(
  element: XmlElement | undefined,
  table: Readonly<Record<string, Value>>,
): Value | undefined {
  for (const { code } of codingsOf(element)) if (Object.hasOwn(table, code)) return table[code]
  return undefined
}

/** Whether a value is a number or a time, and so names nothing. */
export function isNumber(value: XmlElement | undefined): boolean {
  const type = attributeOf(value, 'xsi:type')?.replace(/^.*:/, '') ?? ''
  return /^(?:PQ|INT|REAL|MO|BL|TS|IVL_\w+|RTO\w*)$/.test(type)
}

/** A unit is only called UCUM where it is; any other is kept as words. */
function unitOf(unit: string | undefined): FhirObject {
  if (unit === undefined || unit === '') return {}
  if (unit === '1') return { system: 'http://unitsofmeasure.org', code: '1' }
  return isUcumUnit(unit) ? { unit, system: 'http://unitsofmeasure.org', code: unit } : { unit }
}

/** CDA PQ (or INT, REAL) as Quantity; undefined without a number. */
export function quantityOf(element: XmlElement | undefined): FhirObject | undefined {
  const value = writtenNumber(attributeOf(element, 'value'))
  if (value !== undefined) return { value, ...unitOf(attributeOf(element, 'unit')) }
  const other = childrenOf(element, 'translation').find(each => writtenNumber(attributeOf(each, 'value')) !== undefined)
  if (other === undefined) return undefined
  return {
    value: writtenNumber(attributeOf(other, 'value')),
    unit: wordsIn(childAt(other, 'originalText')) ?? attributeOf(other, 'displayName') ?? attributeOf(other, 'code'),
    ...(attributeOf(other, 'codeSystem') === undefined
      ? {}
      : {
          system: codeSystemOf(attributeOf(other, 'codeSystem'), undefined),
          code: codeText(attributeOf(other, 'code')),
        }),
  }
}

/** CDA IVL_PQ: a Range where both ends are numbers, else a Quantity with a comparator (mapping guide, "Ranges"). */
export function rangeOf(element: XmlElement | undefined): { quantity?: FhirObject; range?: FhirObject } {
  const [low, high] = [quantityOf(childAt(element, 'low')), quantityOf(childAt(element, 'high'))]
  const isOpen = (name: string) => attributeOf(childAt(element, name), 'inclusive') === 'false'
  if (low !== undefined && high !== undefined) return { range: { low, high } }
  if (high !== undefined) return { quantity: { ...high, comparator: isOpen('high') ? '<' : '<=' } }
  if (low !== undefined) return { quantity: { ...low, comparator: isOpen('low') ? '>' : '>=' } }
  const single = quantityOf(element) ?? quantityOf(childAt(element, 'center'))
  return single === undefined ? {} : { quantity: single }
}

/** CDA RTO. FHIR wants both parts or none. */
export function ratioOf(element: XmlElement | undefined): FhirObject | undefined {
  const [numerator, denominator] = [
    quantityOf(childAt(element, 'numerator')),
    quantityOf(childAt(element, 'denominator')),
  ]
  return numerator === undefined || denominator === undefined ? undefined : { numerator, denominator }
}

/** A count from INT or an interval of them: the value, else its lower end. */
export function countOf(element: XmlElement | undefined): number | undefined {
  return wholeNumber(attributeOf(element, 'value')) ?? wholeNumber(attributeOf(childAt(element, 'low'), 'value'))
}

/** v3 EntityNameUse to FHIR (C-CDA on FHIR, NameUse). */
const NAME_USES: Readonly<Record<string, string>> = { L: 'usual', C: 'official', A: 'nickname', P: 'nickname' }
const ADDRESS_USES: Readonly<Record<string, string>> = {
  BAD: 'old',
  H: 'home',
  HP: 'home',
  HV: 'home',
  TMP: 'temp',
  WP: 'work',
  DIR: 'work',
  PUB: 'work',
}
const TELECOM_USES: Readonly<Record<string, string>> = { ...ADDRESS_USES, AS: 'work', MC: 'mobile', PG: 'mobile' }

/** The first of the space-separated uses that FHIR knows. */
function useOf(element: XmlElement, uses: Readonly<Record<string, string>>): string | undefined {
  const named = attributeOf(element, 'use')?.split(/\s+/) ?? []
  return named.map(use => uses[use]).find(use => use !== undefined)
}

export function humanNamesOf(holder: XmlElement | undefined): readonly Fhir[] {
  return childrenOf(holder, 'name').flatMap(name => {
    const parts = (part: string) => childrenOf(name, part).flatMap(each => wordsIn(each) ?? [])
    const [family, given] = [parts('family').join(' '), parts('given')]
    const isInParts = family !== '' || given.length > 0
    const text = isInParts ? undefined : wordsIn(name)
    if (!isInParts && text === undefined) return []
    const [prefix, suffix] = isInParts ? [parts('prefix'), parts('suffix')] : [[], []]
    return [{ use: useOf(name, NAME_USES), text, family, given, prefix, suffix }]
  })
}

/** A person's name as people say it. */
export function spokenName(holder: XmlElement | undefined): string | undefined {
  return wordsIn(childAt(holder, 'name'))
}

export function addressesOf(holder: XmlElement | undefined): readonly Fhir[] {
  return childrenOf(holder, 'addr').flatMap(addr => {
    const parts = (part: string) => childrenOf(addr, part).flatMap(each => wordsIn(each) ?? [])
    const one = (part: string) => parts(part).join(' ')
    const address = {
      use: useOf(addr, ADDRESS_USES),
      line: [
        ...parts('streetAddressLine'),
        ...parts('houseNumber'),
        ...parts('streetName'),
        ...parts('additionalLocator'),
      ],
      city: one('city'),
      district: one('county'),
      state: one('state'),
      postalCode: one('postalCode'),
      country: one('country'),
    }
    const isInParts = childrenOf(addr).length > 0
    const text = isInParts ? undefined : wordsIn(addr)
    return isInParts || text !== undefined ? [{ ...address, text }] : []
  })
}

const TELECOM_SYSTEMS: Readonly<Record<string, string>> = {
  tel: 'phone',
  fax: 'fax',
  'x-text-fax': 'fax',
  mailto: 'email',
  http: 'url',
  https: 'url',
  sms: 'sms',
}

export function telecomsOf(holder: XmlElement | undefined): readonly Fhir[] {
  return childrenOf(holder, 'telecom').flatMap(telecom => {
    const value = attributeOf(telecom, 'value')
    if (value === undefined) return []
    const [, scheme = '', rest = ''] = /^([a-z-]+):\s*(.*)$/i.exec(value) ?? ['', 'tel', value]
    const named = TELECOM_SYSTEMS[scheme.toLowerCase()]
    const system = named === 'phone' && attributeOf(telecom, 'use') === 'PG' ? 'pager' : (named ?? 'other')
    const isWhole = named === undefined || named === 'url'
    const number = isWhole ? value : rest.trim()
    return number === '' ? [] : [{ system, value: number, use: useOf(telecom, TELECOM_USES) }]
  })
}
