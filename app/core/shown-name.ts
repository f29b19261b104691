const MAX_LENGTH = 100
const MAX_FILE_NAME_LENGTH = 255
export const MAX_DEVICE_NAME_LENGTH = 60
/** Joiners stay: Persian and family emoji are written with them. */
const HIDDEN = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u2800\u3164\uFFA0]+/gu
/** More marks on one letter draw over the lines above and below. */
const MARKS = /(\p{M}{4})\p{M}+/gu

/** The name of a file, as `shownName`, for long ones; empty where it is not known. */
export function shownFileName(name: string): string {
  return name === '' ? '' : shownName(name, MAX_FILE_NAME_LENGTH)
}

/**
 * A name that somebody else chose, as it may stand on this person's screen: one line, nothing that is not seen or that turns the text
 * around it, at most `maxLength` characters (so at most four times as many bytes). Never empty.
 */
export function shownName(name: string, maxLength = MAX_LENGTH): string {
  const plain = name.replace(HIDDEN, ' ').replace(MARKS, '$1').replace(/\s+/gu, ' ').trim()
  const cut = Array.from(plain).slice(0, maxLength).join('').trim()
  return /[^\u200C\u200D\s]/u.test(cut) ? cut : '?'
}
