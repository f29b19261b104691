import type { EntrySummary } from '#schema/record/entry.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { ClinicFault } from '../clinic-session.ts'
import type { AskClinic } from '../exchange/clinic/fetch-record.ts'
import type { FileElsewhere } from '../exchange/clinic/clinic-files.ts'
import { type NewPaper, MAX_PAPER_MB } from '../paper-session.ts'
import type { KeptClinic } from './clinic-book.ts'

/** Base64 of the largest document, and what stands around it. */
const MAX_FILE_BYTES = MAX_PAPER_MB * 1_400_000
/** A server that has it as a file gives it as that; one that knows only FHIR gives a Binary. */
const ANYTHING = '*/*'

/** Whose token may go where the file lies: the clinic's whose FHIR server has the very origin, and nobody's else. */
export function clinicFor(clinics: readonly KeptClinic[], { url }: FileElsewhere): KeptClinic | undefined {
  return clinics.find(({ address }) => new URL(address).origin === new URL(url).origin)
}

/** Fetches the file as it is. Total, whatever the other side answers. */
export async function fetchFile(
  ask: AskClinic,
  { url }: FileElsewhere,
): Promise<Result<Uint8Array<ArrayBuffer>, ClinicFault>> {
  const answer = await ask(url, MAX_FILE_BYTES, ANYTHING)
  if (answer.kind === 'not-allowed') return fail('refused')
  if (answer.kind !== 'answer') return fail(answer.kind)
  if (answer.status === 429 || answer.status >= 500) return fail('busy')
  if (answer.status !== 200) return fail('refused')
  const { fileInAnswer } = await import('../exchange/clinic/clinic-files.ts')
  const bytes = fileInAnswer(answer.bytes)
  return bytes === undefined ? fail('nonsense') : ok(bytes)
}

/** The document that a fetched file becomes: attached to the entry that names it, and private where that is. */
export function paperOf(
  bytes: Uint8Array<ArrayBuffer>,
  { title }: FileElsewhere,
  entry: EntrySummary,
  clinicName: string,
): NewPaper {
  const name = title ?? entry.title
  return {
    files: [{ file: new Blob([bytes]), name }],
    title: name.trim() === '' ? clinicName : name,
    ...(entry.when === undefined ? {} : { date: entry.when.text }),
    from: clinicName,
    about: entry.id,
    // A clinic's file is no photo of this person's: nothing is taken out of it.
    keepAsIs: true,
    isPrivate: entry.isPrivate === true,
  }
}
