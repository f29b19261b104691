import { readFields } from '#schema/record/field-reader.ts'
import { isObject } from '#schema/record/fhir/json.ts'
import { MAX_AFTER, parseStepId, type Step, type StepId, type StepReaders } from '#schema/requests/step.ts'
import { timeIn } from '../record/flat-fields.ts'

/** What a step says of itself; its name and its writer lie beside it. */
export type PackedStep = Pick<Step, 'kind' | 'claimedAt' | 'after' | 'data'>

const VERSION = 1
/** A long text with everything in it escaped, and room for the rest. */
const MAX_CHARACTERS = 65_536

/** As one text: version, kind, claimed time, what was seen, what it says. */
export function packStep({ kind, claimedAt, after, data }: PackedStep): string {
  return JSON.stringify([VERSION, kind, claimedAt, after, data])
}

/** Undefined for what `packStep` never makes of a step that `readers` know. Throws for nothing. */
export function unpackStep(text: string, readers: StepReaders): PackedStep | undefined {
  const [version, kind, claimed, seen, said, ...more] = listIn(text)
  if (version !== VERSION || more.length > 0 || typeof kind !== 'string') return undefined
  const [claimedAt, after] = [timeIn(claimed), afterIn(seen)]
  const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined
  if (claimedAt === undefined || after === undefined || read === undefined || !isObject(said)) return undefined
  const data = readFields(said, read)
  return data.ok ? { kind, claimedAt, after, data: data.value } : undefined
}

function listIn(text: string): readonly unknown[] {
  if (text.length > MAX_CHARACTERS) return []
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

function afterIn(value: unknown): StepId[] | undefined {
  if (!Array.isArray(value) || value.length > MAX_AFTER) return undefined
  const ids = value.flatMap(each => parseStepId(each) ?? [])
  return ids.length === value.length ? ids : undefined
}
