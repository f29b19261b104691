import type { Branded } from './brand.ts'
import { type ByteReader, fromHex, toHex } from './bytes.ts'

/**
 * Ids are lower-case hex in memory (they are map keys and store keys) and raw bytes on the wire.
 * None is secret, and all are opaque: a full one never stands in a log line (invariant 17).
 */
export type LogId = Branded<string, 'LogId'>
/** A feed's Ed25519 public key W, 32 bytes. */
export type WriterId = Branded<string, 'WriterId'>
/** An Ed25519 public key that a roster names: an idSign or a grant's G, 32 bytes. */
export type PrincipalId = Branded<string, 'PrincipalId'>
/** A device's own Ed25519 public key, 32 bytes. */
export type DeviceId = Branded<string, 'DeviceId'>
/** `H("kid" ‖ E)[0..8]`: names an epoch's secret. */
export type KeyId = Branded<string, 'KeyId'>
/** BLAKE2b-256 of a whole frame, 32 bytes. */
export type FrameHash = Branded<string, 'FrameHash'>
/** BLAKE2b-256 of a blob's ciphertext, 32 bytes. */
export type BlobId = Branded<string, 'BlobId'>
/** 16 random bytes. */
export type CapabilityId = Branded<string, 'CapabilityId'>
/** H(mailbox read key), 32 bytes. */
export type MailboxId = Branded<string, 'MailboxId'>
/** Of a person one has met: the first 16 bytes of H over the idSign of their first card, whatever keys they have later. */
export type ContactId = Branded<string, 'ContactId'>
/** Of an invitation, for whoever made it: 8 random bytes. */
export type InvitationId = Branded<string, 'InvitationId'>
/** Of a share, for both who gives and who receives it: 16 random bytes. */
export type ShareId = Branded<string, 'ShareId'>
/** Of a health link at the relay: the first 16 bytes of H over its address. */
export type LinkId = Branded<string, 'LinkId'>
/** Of a conversation, for whoever takes part: 8 random bytes. */
export type ConversationId = Branded<string, 'ConversationId'>
/** Of a thread or a request in its conversation: 8 random bytes. */
export type ThreadId = Branded<string, 'ThreadId'>
/** Of a file that goes along with what somebody says: 16 random bytes. */
export type FileId = Branded<string, 'FileId'>

const ID_BYTES = {
  LogId: 16,
  WriterId: 32,
  PrincipalId: 32,
  DeviceId: 32,
  KeyId: 8,
  FrameHash: 32,
  BlobId: 32,
  CapabilityId: 16,
  MailboxId: 32,
  ContactId: 16,
  InvitationId: 8,
  ShareId: 16,
  LinkId: 16,
  ConversationId: 8,
  ThreadId: 8,
  FileId: 16,
} as const

type IdName = keyof typeof ID_BYTES

function idKind<Name extends IdName>(name: Name) {
  const size = ID_BYTES[name]
  return {
    /** Bytes of this id. */
    size,
    /** Throws when `bytes` has another length: decoders read `size` bytes, so it would be our own mistake. */
    of(bytes: Uint8Array): Branded<string, Name> {
      if (bytes.length !== size) throw new RangeError(`Cannot make ${name}: got ${bytes.length} bytes, it has ${size}`)
      return toHex(bytes) as Branded<string, Name>
    },
    /** The next bytes of what is decoded. */
    read(reader: ByteReader): Branded<string, Name> {
      return reader.hex(size) as Branded<string, Name>
    },
    /** From outside text; undefined when it is not `size` bytes of lower-case hex. */
    parse(text: string): Branded<string, Name> | undefined {
      return fromHex(text)?.length === size ? (text as Branded<string, Name>) : undefined
    },
  }
}

export const LogId = idKind('LogId')
export const WriterId = idKind('WriterId')
export const PrincipalId = idKind('PrincipalId')
export const DeviceId = idKind('DeviceId')
export const KeyId = idKind('KeyId')
export const FrameHash = idKind('FrameHash')
export const BlobId = idKind('BlobId')
export const CapabilityId = idKind('CapabilityId')
export const MailboxId = idKind('MailboxId')
export const ContactId = idKind('ContactId')
export const InvitationId = idKind('InvitationId')
export const ShareId = idKind('ShareId')
export const LinkId = idKind('LinkId')
export const ConversationId = idKind('ConversationId')
export const ThreadId = idKind('ThreadId')

type AnyId =
  | LogId
  | WriterId
  | PrincipalId
  | DeviceId
  | KeyId
  | FrameHash
  | BlobId
  | CapabilityId
  | MailboxId
  | ContactId
  | InvitationId
  | ShareId
  | LinkId
  | ConversationId
  | ThreadId
  | FileId

/** The raw bytes of an id. */
export function idBytes(id: AnyId): Uint8Array<ArrayBuffer> {
  const bytes = fromHex(id)
  if (bytes === undefined) throw new TypeError('Cannot read an id: it is not hex')
  return bytes
}
export const FileId = idKind('FileId')
