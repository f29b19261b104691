import type { EntrySummary } from '#schema/record/entry.ts'

const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()

/** By this two entries are of one thing for a list of what holds now. */
export function sameThing({ title, codes, id }: EntrySummary): string {
  return title === '' ? (codes[0]?.code ?? id) : fold(title)
}
