import { FileId } from '#schema/ids.ts'
import type { MessageFile } from '#schema/messages/file.ts'
import { isObject } from '#schema/record/fhir/json.ts'
import { copyOfFile, fileOfCopy } from '#schema/requests/records-copy.ts'
import type { ShownStep } from '../request-session.ts'
import type { KnownRequest } from './known-request.ts'

/** Files that were made ready on this device, and are put beside a log. */
export interface CopyFiles {
  named(ids: readonly FileId[]): Promise<readonly MessageFile[] | undefined>
}

/** What an answer says of the file that was made ready as `fileId`; undefined where it is not here (any more). */
export async function sayFile(
  files: CopyFiles,
  fileId: unknown,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const id = typeof fileId === 'string' ? FileId.parse(fileId) : undefined
  const [file] = (id && (await files.named([id]))) ?? []
  return file && copyOfFile(file)
}

/** What is said, with what it says of those of its files that were made ready; undefined where one is not here (any more). */
export async function withFiles(
  files: CopyFiles,
  data: ShownStep['data'],
): Promise<{ readonly data: ShownStep['data']; readonly ids: readonly FileId[] } | undefined> {
  const wanted = filesIn(data).map(each => FileId.parse(String(each['fileId'])))
  const ids = wanted.flatMap(id => id ?? [])
  if (wanted.length === 0) return { data, ids }
  const named = ids.length === wanted.length ? await files.named(ids) : undefined
  return named && { data: { ...data, files: named.map(copyOfFile) }, ids }
}

function filesIn({ files }: ShownStep['data']): readonly ShownStep['data'][] {
  return Array.isArray(files) ? files.filter(isObject) : []
}

/** The file of one of a request's answers, or of the material that it is. */
export function fileIn({ view }: KnownRequest, id: FileId): MessageFile | undefined {
  const named = view.history.flatMap(({ step }) => [step.data, ...filesIn(step.data)])
  return named.flatMap(data => fileOfCopy(data) ?? []).find(file => file.id === id)
}

/** Whether this person has said already that this file answers it. */
export function isFileSaid({ known, view }: KnownRequest, fileId: unknown): boolean {
  return view.history.some(({ step }) => step.data['fileId'] === fileId && known.authorOf(step.author).type === 'you')
}

/** As the page sees it: without what opens the file. */
export function withoutKey(data: ShownStep['data']): ShownStep['data'] {
  const { listId: _listId, listKey: _listKey, ...shown } = data
  return 'files' in shown ? { ...shown, files: filesIn(shown).map(withoutKey) } : shown
}
