import type { EntryDetail, EntryId } from '#schema/record/entry.ts'
import type { RecordService } from '../record/open-record.ts'

const FHIR_DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/

/** As a Patient resource in the record says; undefined where there is none, or it does not say. */
export async function birthDateIn(record: RecordService): Promise<string | undefined> {
  const rows = await record.timelineRows({ sections: ['about-me'] }, 0, 20)
  for (const { id } of rows.filter(row => row.resourceType === 'Patient')) {
    const birthDate = birthDateOf((await detailOf(record, id))?.original)
    if (birthDate !== undefined) return birthDate
  }
  return undefined
}

async function detailOf(record: RecordService, id: EntryId): Promise<EntryDetail | undefined> {
  const told = Promise.withResolvers<EntryDetail | undefined>()
  const stop = await record.watchEntry(id, told.resolve)
  const detail = await told.promise
  stop()
  return detail
}

/** `original` was read as JSON when it came. */
function birthDateOf(original: string | undefined): string | undefined {
  if (original === undefined) return undefined
  const { birthDate } = JSON.parse(original) as { readonly birthDate?: unknown }
  return typeof birthDate === 'string' && FHIR_DATE.test(birthDate) ? birthDate : undefined
}
