import { fail, ok, type Result } from '../result.ts'
import { isEntryId } from './entry.ts'
import { isDateWithTimeAndZone, parseWhen } from './when.ts'

/** Names the field that is missing or out of its range. */
export interface InvalidField {
  readonly field: string
}

/** Longer is no title; a note's text may be long. */
const MAX_LINE = 300
const MAX_NOTE = 20_000

class FieldStop extends Error {
  readonly field: string
  constructor(field: string) {
    super(`invalid field ${field}`)
    this.field = field
  }
}

/** Reads what a form sent, field by field. Its methods stop the surrounding `readFields` at the first bad field. */
export class FieldReader {
  readonly #fields: Readonly<Record<string, unknown>>

  constructor(fields: Readonly<Record<string, unknown>>) {
    this.#fields = fields
  }

  stop(field: string): never {
    throw new FieldStop(field)
  }

  /** Trimmed, without control characters other than tab and line ends (FHIR allows no others); undefined when absent, null or blank. */
  optionalText<Name extends string>(field: Name, max = MAX_LINE): Partial<Record<Name, string>> {
    const value = this.#fields[field] ?? ''
    if (typeof value !== 'string') this.stop(field)
    const text = value
      .replace(/[^\P{Cc}\t\n\r]/gu, '')
      .trim()
      .toWellFormed()
    if (text.length > max) this.stop(field)
    return some(field, text === '' ? undefined : text)
  }

  has(field: string): boolean {
    return (this.#fields[field] ?? undefined) !== undefined
  }

  text(field: string, max = MAX_LINE): string {
    return this.optionalText(field, max)[field] ?? this.stop(field)
  }

  note(): { readonly note?: string } {
    return this.optionalText('note', MAX_NOTE)
  }

  longText(field: string): string {
    return this.text(field, MAX_NOTE)
  }

  optionalLongText<Name extends string>(field: Name): Partial<Record<Name, string>> {
    return this.optionalText(field, MAX_NOTE)
  }

  /** A FHIR date of any exactness, of a day that exists. */
  optionalDate<Name extends string>(field: Name): Partial<Record<Name, string>> {
    const text = this.optionalText(field)[field]
    if (text !== undefined && !parseWhen(text).ok) this.stop(field)
    return some(field, text)
  }

  /** A FHIR dateTime with time and zone. */
  dateTime(field: string): string {
    const text = this.text(field)
    return isDateWithTimeAndZone(text) ? text : this.stop(field)
  }

  entryId(field: string): string {
    const text = this.text(field)
    return isEntryId(text) ? text : this.stop(field)
  }

  number(field: string, min: number, max: number): number {
    const value = this.#fields[field]
    const isInRange = typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max
    return isInRange ? value : this.stop(field)
  }

  optionalNumber<Name extends string>(field: Name, min: number, max: number): Partial<Record<Name, number>> {
    const isAbsent = (this.#fields[field] ?? undefined) === undefined
    return some(field, isAbsent ? undefined : this.number(field, min, max))
  }

  /** A value with a parser of its own. */
  parsed<Value>(field: string, parse: (value: unknown) => Result<Value, InvalidField>): Value {
    const parsed = parse(this.#fields[field])
    return parsed.ok ? parsed.value : this.stop(field)
  }

  /** An object with fields of its own. */
  optional<Name extends string, Fields>(
    field: Name,
    read: (item: FieldReader) => Fields,
  ): Partial<Record<Name, Fields>> {
    const isAbsent = (this.#fields[field] ?? undefined) === undefined
    return some(field, isAbsent ? undefined : this.parsed(field, value => readFields(value, read)))
  }

  #items(field: string, max: number): readonly unknown[] {
    const items = this.#fields[field]
    return Array.isArray(items) && items.length > 0 && items.length <= max ? items : this.stop(field)
  }

  /** One to `max` items, each with fields of its own. */
  list<Item>(field: string, max: number, read: (item: FieldReader) => Item): Item[] {
    return Array.from(this.#items(field, max), item => {
      const parsed = readFields(item, read)
      return parsed.ok ? parsed.value : this.stop(field)
    })
  }

  /** One to `max` texts. */
  texts(field: string, max: number): string[] {
    return Array.from(this.#items(field, max), text => new FieldReader({ [field]: text }).text(field))
  }

  choice<const Choice extends string>(field: string, choices: readonly Choice[]): Choice {
    return choices.find(choice => choice === this.#fields[field]) ?? this.stop(field)
  }

  optionalChoice<Name extends string, const Choice extends string>(
    field: Name,
    choices: readonly Choice[],
  ): Partial<Record<Name, Choice>> {
    const isAbsent = (this.#fields[field] ?? '') === ''
    return some(field, isAbsent ? undefined : this.choice(field, choices))
  }
}

/** `{ [field]: value }`, or nothing at all: an absent field is left out, not set to undefined. */
function some<Name extends string, Value>(field: Name, value: Value | undefined): Partial<Record<Name, Value>> {
  const fields: Partial<Record<Name, Value>> = {}
  if (value !== undefined) fields[field] = value
  return fields
}

export function readFields<Fields>(
  value: unknown,
  read: (reader: FieldReader) => Fields,
): Result<Fields, InvalidField> {
  if (typeof value !== 'object' || value === null) return fail({ field: 'kind' })
  try {
    return ok(read(new FieldReader({ ...value })))
  } catch (error) {
    if (error instanceof FieldStop) return fail({ field: error.field })
    throw error
  }
}
