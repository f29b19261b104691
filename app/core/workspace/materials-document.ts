import { ImmutableString } from '@automerge/automerge/slim'
import type { FileId } from '#schema/ids.ts'
import type { MessageFile } from '#schema/messages/file.ts'
import { readFields } from '#schema/record/field-reader.ts'
import { parseObject } from '#schema/record/fhir/json.ts'
import { MATERIAL } from '#schema/requests/material.ts'
import { fileOfCopy } from '#schema/requests/records-copy.ts'
import { textIn } from '../record/flat-fields.ts'

/** The home log's shard of materials that are kept for use again: of each, by its id, what the step that sends it says. */
export const MATERIALS_SHARD = 'materials'

export type MaterialsDocument = Record<string, unknown>

const ID = /^[0-9a-f]{32}$/

export type SaidMaterial = ReturnType<typeof MATERIAL.readers.send>

export interface StoredMaterial {
  readonly id: string
  readonly said: SaidMaterial
}

export const isMaterialId = (id: string): boolean => ID.test(id)

/** By their titles. */
export function readMaterials(doc: Readonly<MaterialsDocument>): readonly StoredMaterial[] {
  const found = Object.keys(doc).flatMap(id => {
    const read = readFields(parseObject(textIn(doc[id]) ?? ''), MATERIAL.readers.send)
    return isMaterialId(id) && read.ok ? [{ id, said: read.value }] : []
  })
  return found.toSorted((a, b) => a.said.title.localeCompare(b.said.title) || (a.id < b.id ? -1 : 1))
}

export const filesOf = ({ files = [] }: SaidMaterial): readonly MessageFile[] =>
  files.flatMap(each => fileOfCopy(each) ?? [])

export function fileNamed(materials: readonly StoredMaterial[], id: FileId): MessageFile | undefined {
  return materials.flatMap(({ said }) => filesOf(said)).find(file => file.id === id)
}

// ── inside a change ──

export function putMaterial(doc: MaterialsDocument, { id, said }: StoredMaterial): void {
  doc[id] = new ImmutableString(JSON.stringify(said))
}

export function dropMaterial(doc: MaterialsDocument, id: string): void {
  delete doc[id]
}
