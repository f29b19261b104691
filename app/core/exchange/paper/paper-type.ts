/** What is kept as a paper. */
export type PaperType = 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic'

/** Enough of a file to tell its type by. */
const HEAD_BYTES = 16

/** Brands of still pictures in HEVC (ISO/IEC 23008-12, B.4) and the two general ones that phones write for them. */
const HEIC = /^[^]{4}ftyp(?:heic|heix|heim|heis|mif1|msf1)/

const FORMS = [
  ['application/pdf', /^%PDF-/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/png', /^\x89PNG\r\n[^]\n/],
  ['image/webp', /^RIFF[^]{4}WEBPVP8[ LX]/],
  ['image/heic', HEIC],
] as const satisfies readonly (readonly [PaperType, RegExp])[]

/** By its first bytes, whatever its name or its source calls it; undefined for anything else. */
export function paperTypeOf(head: Uint8Array): PaperType | undefined {
  const start = String.fromCharCode(...head.subarray(0, HEAD_BYTES))
  return FORMS.find(([, form]) => form.test(start))?.[0]
}
