import type { Instant } from '#schema/instant.ts'
import type { EntryId, ImportId } from '#schema/record/entry.ts'
import type { ImportedFile } from './imported-resource.ts'
import type { TakenEntry } from './own-entries.ts'

/** What a file would bring into an empty record at `addedAt`, as it would leave it again. */
export function entriesOfFile({ fileName, resources }: ImportedFile, addedAt: Instant): readonly TakenEntry[] {
  const importId = `import of ${fileName}` as ImportId
  return resources.map(({ text, fullUrl, sourceKey, parts, author }, index) => {
    const id = `${parts.section}.i0.${fileName}.${addedAt}.${index}` as EntryId
    const source = { type: 'import', importId, fileName, ...(author === undefined ? {} : { author }) } as const
    return {
      id,
      original: text,
      sourceKey,
      ...(fullUrl === undefined ? {} : { fullUrl }),
      summary: { ...parts, id, source },
      addedAt,
      changedAt: addedAt,
    }
  })
}
