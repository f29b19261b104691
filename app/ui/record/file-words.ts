import type { AttachmentInfo } from '#schema/record/entry.ts'
import { formatNumber } from '../language/format.ts'

type FileType = NonNullable<AttachmentInfo['type']>

const ENDINGS = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/heic': 'heic',
} as const satisfies Record<FileType, string>

/** Of 10⁶ bytes; never less than is shown. */
export const megabytes = (bytes: number): string => formatNumber(Math.max(0.1, bytes / 1_000_000), 1)

/** A name as its source calls it, ending as its content is, so that a computer opens it by what it is. */
export function savedName(name: string, type: FileType | undefined): string {
  const ending = type === undefined ? undefined : ENDINGS[type]
  const plain = name.replace(/[\p{Cc}/\\:*?"<>|]+/gu, ' ').trim()
  if (ending === undefined) return `${plain}.bin`
  return new RegExp(`\\.${ending === 'jpg' ? 'jpe?g' : ending}$`, 'i').test(plain) ? plain : `${plain}.${ending}`
}

/** Without what a file's name ends in. */
export const titleOfFile = (name: string): string => name.replace(/\.[a-z0-9]{1,5}$/i, '').trim()
