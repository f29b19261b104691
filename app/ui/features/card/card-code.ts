import type { CardFace, CardFacePart } from '#app/core/card-session.ts'

/** Whoever reads the code has this text and needs nothing else. */
function codeText({ head, parts }: Pick<CardFace, 'head' | 'parts'>, more = ''): string {
  const lines = parts.flatMap(({ title, lines }) => (lines.length === 0 ? [] : [`${title}: ${lines.join('; ')}`]))
  return [...head, ...lines, ...(more === '' ? [] : [more])].join('\n')
}

/**
 * UTF-8 bytes that a code on a card of 54 mm still shows in modules of 0.4 mm, as every phone reads them: version 20 with error
 * correction M (ISO/IEC 18004, table 7) holds 666.
 */
const MOST_BYTES = 660

const isShort = (text: string) => new TextEncoder().encode(text).length <= MOST_BYTES

export interface CardCode {
  /** Exactly what the code says. */
  readonly text: string
  /** Lines of the card for which there was no room. */
  readonly leftOut: readonly string[]
}

/** As much of the card as a code can hold, in its order; the text itself says how many lines there are more. */
export function cardCode(face: CardFace, moreWords: (count: number) => string): CardCode {
  const whole = codeText(face)
  if (isShort(whole)) return { text: whole, leftOut: [] }
  const most = moreWords(face.parts.reduce((sum, { lines }) => sum + lines.length, 0))
  let parts: readonly CardFacePart[] = []
  const leftOut: string[] = []
  const head = isShort(codeText({ head: face.head, parts: [] }, most)) ? face.head : []
  for (const { title, lines } of face.parts) {
    let kept: readonly string[] = []
    for (const line of lines) {
      const longer = [...kept, line]
      if (isShort(codeText({ head, parts: [...parts, { title, lines: longer }] }, most))) kept = longer
      else leftOut.push(line)
    }
    parts = [...parts, { title, lines: kept }]
  }
  return { text: codeText({ head, parts }, moreWords(leftOut.length)), leftOut }
}

/** One side of the wallet card. */
export type PaperFace = Pick<CardFace, 'head' | 'parts'>

/** At 7.5 pt on 79 by 48 mm; a letter of Chinese is as wide as two. */
const CELLS = 52
const ROWS = 13

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u

function cellsOf(text: string): number {
  let cells = 0
  for (const letter of text) cells += WIDE.test(letter) ? 2 : 1
  return cells
}

const rowsOf = (text: string) => Math.max(1, Math.ceil(cellsOf(text) / CELLS))

const partRows = ({ title, lines }: CardFacePart) => rowsOf(`${title}: ${lines.join('; ')}`)

/** A third of a side at most: what is longer goes on, so that no side cuts it off. */
function pieces(line: string): readonly string[] {
  const most = (CELLS * ROWS) / 3
  const found = ['']
  for (const word of line.split(/(?<=\s)/u).flatMap(each => each.match(/.{1,60}/gsu) ?? [])) {
    const last = found.at(-1) ?? ''
    if (cellsOf(last + word) <= most) found[found.length - 1] = last + word
    else found.push(word)
  }
  return found.map(piece => piece.trim()).filter(piece => piece !== '')
}

/** The card on as many sides as it takes to be read, each with the name above it. */
export function paperFaces({ head, parts }: CardFace): readonly PaperFace[] {
  const room = ROWS - head.reduce((sum, line) => sum + rowsOf(line), 0)
  const sides: CardFacePart[][] = [[]]
  const used = () => (sides.at(-1) ?? []).reduce((sum, part) => sum + partRows(part), 0)
  for (const { title, lines } of parts)
    for (const line of lines.flatMap(pieces)) {
      const side = sides.at(-1) ?? []
      const last = side.at(-1)
      const goesOn = last?.title === title
      const longer = goesOn ? { title, lines: [...last.lines, line] } : { title, lines: [line] }
      const needed = used() - (goesOn ? partRows(last) : 0) + partRows(longer)
      if (needed > room && side.length > 0) sides.push([{ title, lines: [line] }])
      else side.splice(goesOn ? side.length - 1 : side.length, 1, longer)
    }
  return sides.map((side, index) => ({
    head: sides.length === 1 ? head : [`${head[0] ?? ''} (${index + 1}/${sides.length})`, ...head.slice(1)],
    parts: side,
  }))
}
