import type { FileId } from '#schema/ids.ts'
import type { Result } from '#schema/result.ts'
import type { FileFailure, ShownFile } from './file-session.ts'
import type { SaveFailure, Stop } from './session.ts'

/** The part of the session that is about what somebody keeps to give it to patients again, as they gave it before (decision 57). */
export interface MaterialSession {
  /** By their titles. */
  watchMaterials(listener: (materials: readonly KeptMaterial[]) => void): Promise<Stop>
  /** A new one, or one of this id as it is from now on; `not-found`: one of its files is not here (any more). Durable when it answers ok. */
  keepMaterial(material: KeepMaterial): Promise<Result<void, SaveFailure>>
  removeMaterial(id: string): Promise<Result<void, SaveFailure>>
  /** A file of one that is kept; fetches what of it is not here. */
  openMaterialFile(id: FileId): Promise<Result<Blob, FileFailure>>
}

/** At most one of text, address and topic. */
interface MaterialContent {
  /** 32 hex digits, made by whoever makes it. */
  readonly id: string
  readonly title: string
  /** Markdown. */
  readonly text?: string
  readonly address?: string
  readonly topic?: string
}

export interface KeptMaterial extends MaterialContent {
  readonly files: readonly ShownFile[]
}

export interface KeepMaterial extends MaterialContent {
  /** In their order: those that were held for it, and those that it has already. */
  readonly fileIds: readonly FileId[]
}
