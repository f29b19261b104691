import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { ClinicFault, ClinicFile } from '../clinic-session.ts'
import type { AskClinic } from '../exchange/clinic/fetch-record.ts'
import type { FileElsewhere, FileOutOfReach } from '../exchange/clinic/clinic-files.ts'
import type { AnsweredFile } from '../exchange/clinic/file-in-answer.ts'
import { type NewPaper, MAX_PAPER_MB } from '../paper-session.ts'
import type { KeptClinic } from './clinic-book.ts'

/** Base64 of the largest document, and what stands around it. */
const MAX_FILE_BYTES = MAX_PAPER_MB * 1_400_000
/** A server that has it as a file gives it as that; one that knows only FHIR gives a Binary. */
const ANYTHING = '*/*'

/** As an entry names it; `here`: the entry that it is in this record. */
export type FileOfEntry = (FileElsewhere | FileOutOfReach) & { readonly here?: EntryId }

/** Whose token may go where the file lies: the clinic's whose FHIR server has the very origin, and nobody's else. */
export function clinicFor(clinics: readonly KeptClinic[], { url }: FileElsewhere): KeptClinic | undefined {
  return clinics.find(({ address }) => new URL(address).origin === new URL(url).origin)
}

/** What of it may be shown, and whether somebody has it. */
export function shownFile(file: FileOfEntry, clinics: readonly KeptClinic[]): ClinicFile {
  const { index, title, here } = file
  const shown = { index, ...(title === undefined ? {} : { title }), ...(here === undefined ? {} : { here }) }
  if ('why' in file) return { ...shown, why: file.why, ...(file.host === undefined ? {} : { host: file.host }) }
  const clinic = clinicFor(clinics, file)
  return { ...shown, host: new URL(file.url).host, ...(clinic === undefined ? {} : { clinicId: clinic.clinicId }) }
}

/** Fetches the file as it is. Total, whatever the other side answers. */
export async function fetchFile(
  ask: AskClinic,
  { url, said }: FileElsewhere,
): Promise<Result<AnsweredFile, ClinicFault>> {
  const answer = await ask(url, MAX_FILE_BYTES, ANYTHING)
  if (answer.kind === 'not-allowed') return fail('refused')
  if (answer.kind !== 'answer') return fail(answer.kind)
  if (answer.status === 429 || answer.status >= 500) return fail('busy')
  if (answer.status !== 200) return fail('refused')
  if (answer.bytes.length === 0) return fail('empty')
  const { fileInAnswer } = await import('../exchange/clinic/file-in-answer.ts')
  const file = fileInAnswer(answer.bytes, said)
  return file === undefined ? fail('nonsense') : ok(file)
}

/** The document that a fetched file becomes: attached to the entry that names it, and private where that is. */
export function paperOf(
  { bytes, said }: AnsweredFile,
  { title }: FileElsewhere,
  entry: EntrySummary,
  clinicName: string,
): NewPaper {
  const name = title ?? entry.title
  return {
    files: [{ file: new Blob([bytes]), name, ...(said === undefined ? {} : { said }) }],
    title: name.trim() === '' ? clinicName : name,
    ...(entry.when === undefined ? {} : { date: entry.when.text }),
    from: clinicName,
    about: entry.id,
    // A clinic's file is no photo of this person's: nothing is taken out of it, and it may be of any kind.
    keepAsIs: true,
    anyKind: true,
    isPrivate: entry.isPrivate === true,
  }
}
