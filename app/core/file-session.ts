import type { FileId } from '#schema/ids.ts'
import type { Result } from '#schema/result.ts'
import type { StoreFailure } from './ports.ts'
import type { Stop } from './session.ts'

/** The part of the session that is about files which go along with what people write to each other (decision 55). */
export interface FileSession {
  /**
   * Seals a file on this device for a message that is not sent yet; `id`: made at random by whoever asks, the same one begins anew. Of
   * photos what the camera wrote is taken out. Durable when it answers ok; progress by `watchTransfers`, ended by `stopTransfer`.
   */
  holdFile(id: FileId, file: Blob, name: string): Promise<Result<ShownFile, FileFailure>>
  /** It won't be sent. */
  letGoFile(id: FileId): Promise<void>
  /** Files that are sealed, sent or fetched just now, and those that wait for it. */
  watchTransfers(listener: (transfers: readonly Transfer[]) => void): Promise<Stop>
  /** Sealing and fetching end; sending rests until `goOnTransfer`, also over the end of the process. */
  stopTransfer(id: FileId): Promise<void>
  goOnTransfer(id: FileId): Promise<void>
  /** Fetches what of it is not here, and keeps it. Named as its sender calls it. */
  openFile(conversationId: string, id: FileId): Promise<Result<File, FileFailure>>
  /** A picture's small one; undefined where there is none, or none can be had now. */
  filePreview(conversationId: string, id: FileId): Promise<Blob | undefined>
}

export interface ShownFile {
  readonly id: FileId
  /** As its sender calls it, in one line. */
  readonly name: string
  /** A MIME type; empty: nobody knows. */
  readonly type: string
  readonly bytes: number
  readonly hasPreview: boolean
}

export interface Transfer {
  readonly id: FileId
  readonly kind: 'sealing' | 'sending' | 'fetching'
  /** 0–1. */
  readonly done: number
  /** Of one that is sent: this person stopped it. */
  readonly isStopped: boolean
  /** Of one that is sent: the relay has no room for it, or does not take it. */
  readonly problem?: 'relay-full' | 'refused'
}

/** `name`-less: which file it is about is known to whoever asked. */
export type FileFailure =
  | { readonly kind: 'locked' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'file-empty' }
  | { readonly kind: 'file-too-large'; readonly maxMb: number }
  /** It could not be read to its end. */
  | { readonly kind: 'file-gone' }
  /** What the camera wrote can't be taken out of it. */
  | { readonly kind: 'file-not-clean' }
  /** The relay can't be reached. */
  | { readonly kind: 'unreachable' }
  /** Not all of it is at the relay yet: its sender's device has to send the rest. */
  | { readonly kind: 'not-all-there' }
  /** What came is not what was named. */
  | { readonly kind: 'damaged' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }
