import fc from 'fast-check'
import { DESCRIBED, type DescribedKind, DESCRIBED_KINDS } from '#schema/record/described/kinds.ts'
import type { FieldSpec } from '#schema/record/described/field-spec.ts'
import { oddDate, oddText } from './odd-fields.ts'

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })

function oddValue(kind: DescribedKind, field: string, spec: FieldSpec): fc.Arbitrary<unknown> {
  if (kind === 'lab-result' && field === 'result') return fc.oneof(oddText(), oddNumber())
  switch (spec.type) {
    case 'text':
      return oddText()
    case 'words':
      return fc.oneof(oddText(), fc.constant('line one\nline two\n'.repeat(40)))
    case 'date':
      return oddDate()
    case 'choice':
      return fc.constantFrom(...spec.of)
    case 'number':
      return fc.oneof(fc.integer({ min: spec.min, max: spec.max }), fc.constantFrom(spec.min, spec.max, 12))
  }
}

const oddNumber = () =>
  fc.constantFrom('5', '-0', '5.0', '<0.5', '>=60', '≤ 7.25', '0.000000001', '123456789012', '1e9', '007')

function oddOf(kind: DescribedKind): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries<FieldSpec>(DESCRIBED[kind]).map(([field, spec]) => {
    const value = oddValue(kind, field, spec)
    return [field, spec.isRequired ? value : maybe(value)] as const
  })
  return fc.record({ kind: fc.constant(kind), ...Object.fromEntries(fields) }) as fc.Arbitrary<Record<string, unknown>>
}

/** A pregnancy is either as it is now or a count; the chance that both come out right by themselves is small. */
const oddPregnancy = () =>
  fc.tuple(oddOf('pregnancy'), fc.boolean(), fc.integer({ min: 0, max: 40 })).map(([fields, isNow, count]) => {
    const { pregnant = 'yes', words, dueOn, topic, ...rest } = fields
    if (!isNow) return { ...rest, topic: topic === 'now' ? 'births' : topic, count }
    return { ...rest, topic: 'now', pregnant, words, ...(pregnant === 'yes' ? { dueOn } : {}), count: undefined }
  })

/** What the forms of the table may hand over, near the edges of what is allowed; not all of it is. */
export const oddDescribed = (): fc.Arbitrary<Record<string, unknown>> =>
  fc.oneof(...DESCRIBED_KINDS.map(kind => (kind === 'pregnancy' ? oddPregnancy() : oddOf(kind))))
