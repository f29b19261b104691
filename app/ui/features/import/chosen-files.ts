import type { ChosenFile, ImportPreview } from '#app/core/import-session.ts'
import { readPicture } from '../../parts/qr-image.ts'

/** A file as it goes to the reader, and what was chosen for it. */
export interface ReadyFile extends ChosenFile {
  readonly chosen: File
}

/** One of the codes of a card in several. */
const PART_OF_CARD = /^shc:\/\d+\/\d+\//

/** Pictures of codes become what the codes say; pictures of one card's several codes become that card. */
export async function readyFiles(chosen: readonly File[]): Promise<readonly ReadyFile[]> {
  const ready: ReadyFile[] = []
  const parts: { readonly text: string; readonly chosen: File }[] = []
  for (const file of chosen) {
    const text = file.type.startsWith('image/') ? await readPicture(file) : undefined
    if (text !== undefined && PART_OF_CARD.test(text)) parts.push({ text, chosen: file })
    else ready.push({ file: text === undefined ? file : new Blob([text]), name: file.name, chosen: file })
  }
  const [first] = parts
  if (first === undefined) return ready
  const texts = [...new Set(parts.map(({ text }) => text))]
  const name = parts.map(part => part.chosen.name).join(', ')
  return [...ready, { file: new Blob([texts.join('\n')]), name, chosen: first.chosen }]
}

/** Those in which nothing is found, but which can be kept as they are. */
export function papersAmong(ready: readonly ReadyFile[], { files = [] }: ImportPreview): readonly File[] {
  return ready.flatMap(({ chosen }, index) => {
    const told = files[index]
    return told !== undefined && 'failure' in told && isPaper(told.failure) ? [chosen] : []
  })
}

/** Nothing is read from it, but it can be kept. */
export const isPaper = (failure: { readonly kind: string; readonly what?: string }): boolean =>
  failure.kind === 'not-supported' && (failure.what === 'pdf' || failure.what === 'image')
