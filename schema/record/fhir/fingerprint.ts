const PADDING = /[\s=]+/g

/**
 * The same for the same base64 text, whatever its line breaks: its length and 64 bits, as `length-hex`. Tells what to propose, never what
 * to believe: whoever wants to can make two files of one fingerprint (two FNV-1a sums, http://www.isthe.com/chongo/tech/comp/fnv/).
 */
export function fingerprintOf(base64: string): string {
  const text = base64.replaceAll(PADDING, '')
  let [one, other] = [0x811c9dc5, 0x1b873593]
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at)
    one = Math.imul(one ^ letter, 0x01000193)
    other = Math.imul(other ^ letter ^ (at & 0xff), 0x01000193)
  }
  return `${text.length}-${hexOf(one)}${hexOf(other)}`
}

const hexOf = (word: number) => (word >>> 0).toString(16).padStart(8, '0')
