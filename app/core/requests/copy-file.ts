import { FileId } from '#schema/ids.ts'
import type { MessageFile } from '#schema/messages/file.ts'
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

/** The file of one of a request's answers. */
export function fileIn({ view }: KnownRequest, id: FileId): MessageFile | undefined {
  const files = view.history.flatMap(({ step }) => (step.kind === 'answer' ? (fileOfCopy(step.data) ?? []) : []))
  return files.find(file => file.id === id)
}

/** Whether this person has said already that this file answers it. */
export function isFileSaid({ known, view }: KnownRequest, fileId: unknown): boolean {
  return view.history.some(({ step }) => step.data['fileId'] === fileId && known.authorOf(step.author).type === 'you')
}

/** As the page sees it: without what opens the file. */
export function withoutKey(data: ShownStep['data']): ShownStep['data'] {
  const { listId: _listId, listKey: _listKey, ...shown } = data
  return shown
}
