import { cleanHeic } from './clean-heic.ts'
import { cleanJpeg } from './clean-jpeg.ts'
import { cleanPng } from './clean-png.ts'
import { cleanWebp } from './clean-webp.ts'
import type { PaperType } from './paper-type.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Without what cameras write into photos: place, time, device (decision 24). Undefined where it can't be taken out. */
export function cleanPaper(bytes: Bytes, type: PaperType): Bytes | undefined {
  switch (type) {
    case 'application/pdf':
      return bytes
    case 'image/jpeg':
      return cleanJpeg(bytes)
    case 'image/png':
      return cleanPng(bytes)
    case 'image/webp':
      return cleanWebp(bytes)
    case 'image/heic':
      return cleanHeic(bytes)
  }
}
