import type { ImportId } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import type { ImportFailure, ImportPreview, ImportSeries } from '../import-session.ts'
import type { ImportedFile } from './imported-resource.ts'
import { previewOf } from './preview.ts'

/** What a file is and what would come in of it, for developers and scripts. Plain data. */
export type Inspection =
  | { readonly file: string; readonly failure: ImportFailure }
  | {
      readonly file: string
      readonly format: ImportPreview['format']
      readonly person?: { readonly name: string; readonly birthDate?: string }
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
  const preview = previewOf(read.value, { importId: '' as ImportId, isKnown: () => false })
  const { person } = read.value
  return {
    file,
    format: preview.format,
    ...(person === undefined ? {} : { person }),
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
