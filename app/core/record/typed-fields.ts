import { type FieldKind, isFieldKind } from '#schema/record/own-entry.ts'
import { type FieldValue, readFields, textIn } from './flat-fields.ts'
import { fieldList, type StoredEntry, unpacked } from './stored-entry.ts'

/** What was typed, field by field and unchecked; undefined for an entry that nobody made or corrected by hand. */
export function typedFields(
  label: string,
  entry: StoredEntry,
): { readonly kind: FieldKind; readonly fields: ReadonlyMap<string, FieldValue> } | undefined {
  const base = unpacked(label, entry)?.fields
  const kind = base?.kind ?? textIn(entry.spot.map['k'])
  if (!isFieldKind(kind) || (entry.packed !== undefined && base === undefined)) return undefined
  const note = entry.packedNote === undefined ? [] : [['note', entry.packedNote] as const]
  return { kind, fields: new Map<string, FieldValue>([...fieldList(base), ...note, ...readFields(entry.spot)]) }
}
