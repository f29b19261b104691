import { fail, type Result } from '../../result.ts'
import { type FieldReader, type InvalidField, readFields } from '../field-reader.ts'
import { fhirDateTime } from '../when.ts'

/**
 * One field of a kind that a table describes. `text` is a line, `words` may be long, `date` a FHIR date or dateTime of any exactness;
 * a number lies between its two bounds, which belong to it.
 */
export type FieldSpec =
  | { readonly type: 'text' | 'words' | 'date'; readonly isRequired?: true }
  | { readonly type: 'choice'; readonly of: readonly string[]; readonly isRequired?: true }
  | { readonly type: 'number'; readonly min: number; readonly max: number; readonly isRequired?: true }

export type KindSpec = Readonly<Record<string, FieldSpec>>

type ValueOf<Spec> = Spec extends { readonly of: readonly (infer Choice)[] }
  ? Choice
  : Spec extends { readonly type: 'number' }
    ? number
    : string

type RequiredIn<Spec> = {
  [Name in keyof Spec]: Spec[Name] extends { readonly isRequired: true } ? Name : never
}[keyof Spec]

/** What a person types of a kind, as its table says. */
export type FieldsOf<Kind extends string, Spec> = { readonly kind: Kind } & {
  readonly [Name in RequiredIn<Spec>]: ValueOf<Spec[Name]>
} & { readonly [Name in Exclude<keyof Spec, RequiredIn<Spec>>]?: ValueOf<Spec[Name]> }

export const line = { type: 'text' } as const
export const name = { type: 'text', isRequired: true } as const
export const words = { type: 'words' } as const
export const date = { type: 'date' } as const
export const choice = <const Choice extends string>(...of: readonly Choice[]) => ({ type: 'choice', of }) as const
export const number = (min: number, max: number) => ({ type: 'number', min, max }) as const
export const required = <const Spec extends FieldSpec>(spec: Spec) => ({ ...spec, isRequired: true }) as const

/** The fields that `value` holds, of any kind; names the first that is missing or out of its range. */
export function readDescribed(
  kind: string,
  spec: KindSpec,
  value: unknown,
): Result<Readonly<Record<string, string | number>>, InvalidField> {
  return readFields(value, read => {
    const entries = Object.entries(spec).flatMap(([field, each]) => Object.entries(readField(read, field, each)))
    return { kind: read.choice('kind', [kind]), ...Object.fromEntries(entries) }
  })
}

function readField(read: FieldReader, field: string, spec: FieldSpec): Readonly<Record<string, string | number>> {
  const found = foundIn(read, field, spec)
  if (found === undefined) return spec.isRequired ? read.stop(field) : {}
  return { [field]: found }
}

function foundIn(read: FieldReader, field: string, spec: FieldSpec): string | number | undefined {
  switch (spec.type) {
    case 'text':
      return read.optionalText(field)[field]
    case 'words':
      return read.optionalLongText(field)[field]
    case 'date': {
      const text = read.optionalDate(field)[field]
      return text === undefined ? undefined : fhirDateTime(text)
    }
    case 'choice':
      return read.optionalChoice(field, spec.of)[field]
    case 'number':
      return read.optionalNumber(field, spec.min, spec.max)[field]
  }
}

export const badField = (field: string) => fail({ field })
