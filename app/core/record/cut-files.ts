/** Letters of a file that stand in what is shown of an original. */
const SHOWN_LETTERS = 400
/** White space between tokens is never kept. */
const DATA = '"data":"'

/** The JSON text with each long file in it cut to its beginning; still JSON. */
export function withoutFiles(original: string): string {
  const pieces: string[] = []
  let from = 0
  // Not by a pattern: over a long file it would need a stack as long.
  for (let at = original.indexOf(DATA); at !== -1; at = original.indexOf(DATA, at)) {
    const start = at + DATA.length
    const end = original.indexOf('"', start)
    if (end === -1) break
    const letters = original.slice(start, Math.min(end, start + SHOWN_LETTERS))
    // Cut within an escape it would be no JSON.
    const isWhole = /^[A-Za-z0-9+/]*$/.test(letters) && original[end - 1] !== '\\'
    if (end - start > SHOWN_LETTERS && isWhole) {
      pieces.push(original.slice(from, start), letters)
      from = end
    }
    at = end
  }
  return pieces.join('') + original.slice(from)
}

/** In place of files that stay behind (https://hl7.org/fhir/R4/extension-data-absent-reason.html): there is one, and it is kept back. */
const KEPT_BACK =
  '"_data":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}]}'

/** Of a resource that `mayHaveFiles`: without the bytes of any, else token by token as it was; each says that they are kept back. Total. */
export function withFilesKeptBack(original: string): string {
  const pieces: string[] = []
  let from = 0
  for (let at = original.indexOf(DATA); at !== -1; at = original.indexOf(DATA, from)) {
    pieces.push(original.slice(from, at), KEPT_BACK)
    from = endOfString(original, at + DATA.length)
  }
  return pieces.join('') + original.slice(from)
}

/** Behind the closing quotation mark of the JSON string that goes on at `from`. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '"') return at + 1
    if (text[at] === '\\') at++
  }
  return text.length
}
