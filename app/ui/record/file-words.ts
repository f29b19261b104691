import type { AttachmentInfo, FileType } from '#schema/record/entry.ts'
import { formatNumber } from '../language/format.ts'
import { t } from '../language/language.ts'

/** By type: the ending that it gets, and those that it may have. */
const ENDINGS: Readonly<Record<FileType, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/heic': ['heic'],
  'text/html': ['html', 'htm', 'xhtml'],
  'text/rtf': ['rtf'],
  'text/plain': ['txt', 'csv', 'md', 'log', 'hl7'],
  'text/xml': ['xml', 'ccd', 'ccda', 'c32'],
  'application/json': ['json', 'fhir'],
}

/** Of what cannot be told by its content: letters, tables, pictures and sound that no program runs, by what their source calls them. */
const OTHERS: Readonly<Record<string, string>> = {
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/dicom': 'dcm',
  'application/zip': 'zip',
  'image/tiff': 'tif',
  'image/gif': 'gif',
  'image/bmp': 'bmp',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'video/mp4': 'mp4',
}
const OTHER_ENDINGS: readonly string[] = [...Object.values(OTHERS), 'tiff', 'm4a', 'mov']

/** Of 10⁶ bytes; never less than is shown. */
export const megabytes = (bytes: number): string => formatNumber(Math.max(0.1, bytes / 1_000_000), 1)

/**
 * A name as its source calls it, ending as its content is, so that a computer opens it by what it is. What cannot be told by its content ends as a
 * document or a picture may, and in `.bin` where it would end otherwise.
 */
export function savedName(name: string, { type, said = '' }: Pick<AttachmentInfo, 'type' | 'said'>): string {
  const plain = name.replace(/[\p{Cc}/\\:*?"<>|]+/gu, ' ').trim()
  const own = /\.([a-z0-9]{1,5})$/i.exec(plain)?.[1]?.toLowerCase() ?? ''
  const endings = type === undefined ? OTHER_ENDINGS : ENDINGS[type]
  if (endings.includes(own)) return plain
  const called = OTHERS[said.split(';')[0]?.trim().toLowerCase() ?? '']
  return `${plain}.${type === undefined ? (called ?? 'bin') : endings[0]}`
}

/** A number, as cameras and phones call what they take. */
const OF_A_CAMERA = /^(?:img|dsc[fn]?|pxl|mvimg|image|photo|p)?[-_ ]?\d[\d\-_ ()~.]*(?:mp)?$/i

/** Without what a file's name ends in; of a picture that only a camera named, that it is one. */
export function titleOfFile(name: string): string {
  const title = name.replace(/\.[a-z0-9]{1,5}$/i, '').trim()
  return OF_A_CAMERA.test(title) && /\.(?:jpe?g|hei[cf]|png|webp)$/i.test(name) ? t('paper.photo') : title
}
