import type { MessageFile } from '#schema/messages/file.ts'
import type { ShownFile } from '../../file-session.ts'
import { shownFileName } from '../../shown-name.ts'

/** Without keys: what the page sees of a file. */
export function shownFile({ id, name, type, bytes, preview }: MessageFile): ShownFile {
  return { id, name: shownFileName(name), type, bytes, hasPreview: preview !== undefined }
}
