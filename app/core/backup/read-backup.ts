import { openAge } from '#crypto/age.ts'
import { Sha256 } from '#crypto/sha256.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { concat } from '#schema/bytes.ts'
import type { OpenBackupFailure } from '../backup-session.ts'
import {
  BACKUP_VERSION,
  decodeManifest,
  FRAMES_MEMBER_BYTES,
  type Manifest,
  type ManifestMember,
  type Member,
  memberOf,
  outOfFolder,
  versionOfReadme,
} from './backup-format.ts'
import type { Watch } from './backup-task.ts'
import { readTar, TarDamaged, type TarMember } from './tar.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What may stand in memory at once of each kind of member; the rest is only hashed. */
const MAX_BYTES: Readonly<Partial<Record<Member['kind'], number>>> = {
  readme: 1024 * 1024,
  frames: FRAMES_MEMBER_BYTES + 512 * 1024,
  beside: FRAMES_MEMBER_BYTES + 512 * 1024,
  blob: 64 * 1024 * 1024,
  account: 16 * 1024 * 1024,
  manifest: 64 * 1024 * 1024,
}

/** Takes a member's bytes before the manifest has vouched for them. */
export type TakeMember<Failure> = (member: Member, bytes: Bytes) => Promise<Result<void, Failure>>

/** Leaves the walk through a file with what it is to answer. */
class Stop<Failure> extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super('stopped')
    this.failure = failure
  }
}

/**
 * Reads all of a backup, hands on what the app knows, and answers the manifest once every member was there as it says and none beside.
 * Total: whatever the file holds is an answer. Asks for as much memory as the largest blob.
 */
export async function readBackup<Failure>(
  file: Blob,
  code: string,
  task: Watch,
  take: TakeMember<Failure>,
): Promise<Result<Manifest, Failure | OpenBackupFailure>> {
  try {
    const opened = await openAge(file, code)
    if (!opened.ok) return fail({ kind: opened.failure === 'not-age' ? 'not-a-backup' : 'wrong-key' })
    return ok(await walk(readTar(piecesOf(opened.value, file.size, task)), take))
  } catch (cause) {
    if (cause instanceof Stop) return fail(cause.failure as Failure)
    return fail({ kind: task.signal.aborted ? 'cancelled' : isUnreadable(cause) ? 'unreadable' : 'damaged' })
  }
}

/** The file was moved, deleted, or is on a disk that is no more. */
function isUnreadable(cause: unknown): boolean {
  return cause instanceof DOMException && (cause.name === 'NotReadableError' || cause.name === 'NotFoundError')
}

async function walk<Failure>(members: AsyncIterable<TarMember>, take: TakeMember<Failure>): Promise<Manifest> {
  const seen: ManifestMember[] = []
  let manifest: Manifest | undefined
  for await (const { name: path, size, body } of members) {
    const name = outOfFolder(path)
    if (name === undefined || manifest !== undefined)
      throw new Stop({ kind: seen.length === 0 ? 'not-a-backup' : 'damaged' })
    const member = memberOf(name)
    if (seen.length === 0 && member.kind !== 'readme') throw new Stop({ kind: 'not-a-backup' })
    const { bytes, sha256 } = await bodyOf(member, size, body)
    if (member.kind === 'manifest') manifest = checked(bytes, seen)
    else {
      if (seen.length === 0) checkVersion(bytes)
      seen.push({ name, bytes: size, sha256 })
      const taken = await take(member, bytes)
      if (!taken.ok) throw new Stop(taken.failure)
    }
  }
  if (manifest === undefined) throw new TarDamaged('There is no manifest')
  return manifest
}

async function bodyOf(
  member: Member,
  size: number,
  body: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: Bytes; readonly sha256: string }> {
  const max = MAX_BYTES[member.kind]
  if (max !== undefined && size > max) throw new TarDamaged('A member is too large')
  const hashed = new Sha256()
  const pieces: Uint8Array[] = []
  for await (const piece of body) {
    hashed.update(piece)
    if (max !== undefined) pieces.push(piece)
  }
  return { bytes: concat(...pieces), sha256: hashed.hex() }
}

function checkVersion(readme: Bytes): void {
  const version = versionOfReadme(readme)
  if (version === undefined) throw new Stop({ kind: 'not-a-backup' })
  if (version > BACKUP_VERSION) throw new Stop({ kind: 'newer' })
}

/** In the same order, each with its size and hash: the one who wrote the manifest wrote these. */
function checked(bytes: Bytes, seen: readonly ManifestMember[]): Manifest {
  const manifest = decodeManifest(bytes)
  if (!manifest.ok) throw new TarDamaged('The manifest cannot be read')
  const { members } = manifest.value
  const isSame = members.length === seen.length && seen.every((one, index) => isEqual(one, members[index]!))
  if (!isSame) throw new TarDamaged('The manifest says otherwise')
  return manifest.value
}

function isEqual(a: ManifestMember, b: ManifestMember): boolean {
  return a.name === b.name && a.bytes === b.bytes && a.sha256 === b.sha256
}

async function* piecesOf(stream: ReadableStream<Uint8Array>, size: number, task: Watch): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  let read = 0
  try {
    for (;;) {
      task.signal.throwIfAborted()
      const { done, value } = await reader.read()
      if (done) return
      read += value.length
      task.report(Math.min(1, read / size))
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
