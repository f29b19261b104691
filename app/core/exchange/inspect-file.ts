import type { ImportId } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import type { ImportFailure, ImportPreview, ImportSeries } from '../import-session.ts'
import type { FilePerson, ImportedFile } from './imported-resource.ts'
import { previewOf } from './preview.ts'

/** What a file is and what would come in of it, for developers and scripts. Plain data. */
export type Inspection =
  | { readonly file: string; readonly failure: ImportFailure }
  | {
      readonly file: string
      readonly format: ImportPreview['format']
      readonly person?: { readonly name: string; readonly birthDate?: string }
      /** Where it is about several people: each, by a number from 1, with their entries. All else tells of everybody's. */
      readonly people: readonly (FilePerson & { readonly number: number; readonly count: number })[]
      readonly count: number
      /** Other pages of the same answer are not in it. */
      readonly isPartial: boolean
      readonly entries: readonly {
        readonly section: string
        readonly kind: string
        readonly count: number
      }[]
      /** Of an export from devices, each with the entries it becomes. */
      readonly series: readonly (ImportSeries & { readonly count: number })[]
      readonly left: NonNullable<ImportPreview['left']>
      readonly unusable: ImportPreview['unusable']
      readonly remarks: ImportPreview['remarks']
      readonly cards: ImportPreview['cards']
      /** Of a table: how its columns were read. */
      readonly table?: ImportPreview['table']
    }

/** Of one file, as an empty record would take it in. */
export function inspectionOf(file: string, read: Result<ImportedFile, ImportFailure>): Inspection {
  if (!read.ok) return { file, failure: read.failure }
  const everybody = (read.value.people ?? []).map((_, place) => place)
  const preview = previewOf(read.value, { importId: '' as ImportId, isKnown: () => false, chosen: everybody })
  const { person, people = [] } = read.value
  const countAt = new Map(preview.people?.people.map(({ place, count }) => [place, count]))
  return {
    file,
    format: preview.format,
    ...(person === undefined ? {} : { person }),
    people: people.map((each, place) => ({ number: place + 1, ...each, count: countAt.get(place) ?? 0 })),
    count: preview.newCount,
    isPartial: preview.isPartial === true,
    entries: preview.byKind.map(({ section, kind, isNew }) => ({ section, kind, count: isNew })),
    series: (preview.series ?? []).map(each => ({ ...each, count: each.isNew })),
    left: preview.left ?? [],
    unusable: preview.unusable,
    remarks: preview.remarks,
    cards: preview.cards,
    ...(preview.table === undefined ? {} : { table: preview.table }),
  }
}
