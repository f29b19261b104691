import * as A from '@automerge/automerge'
import { openAccountRow, ACCOUNT_ROW_KEY } from '#app/core/home/account-row.ts'
import { openHome } from '#app/core/home/open-account.ts'
import { logKeyOf } from '#app/core/log/open-frame.ts'
import { decodeOps } from '#app/core/log/ops.ts'
import type { EpochKey } from '#app/core/log/sealed-log.ts'
import { type BlobRef, blobRefsOf, type Carried, decodeChanges } from '#app/core/log/shard-part.ts'
import { decodeSnapshot } from '#app/core/log/snapshot.ts'
import { grantKeys } from '#app/core/sharing/grant.ts'
import { readReceived, RECEIVED_SHARD, type ReceivedDocument } from '#app/core/sharing/received-document.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import type { RelayClient } from '#app/core/sync/sync.ts'
import { vaultKeys } from '#app/core/vault/vault-key.ts'
import { openBlob } from '#crypto/blob.ts'
import { openControlFrame, openFrame } from '#crypto/frame.ts'
import { concat } from '#schema/bytes.ts'
import type { LogId } from '#schema/ids.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import type { TestDevice } from './test-device.ts'
import { testRandom } from './test-clock.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Everything in readable form that somebody gets who opens all the relay gives them, by all the keys they were granted. */
export interface Obtained {
  /** Plains of frames and blobs as they are, and every value that any Automerge change in them ever set. */
  readonly texts: readonly string[]
  readonly frames: number
}

/** Of every log that others share with the person of this device, and of what lies on its disk of logs they shared before. */
export async function obtainable(device: TestDevice): Promise<Obtained> {
  const texts: string[] = []
  let frames = 0
  for (const { logId, epochs, client } of await grantedLogs(device)) {
    const given = await client.allFrames(logId)
    const stored = await device.store.list('frames', `${logId}/`)
    const all = [...(given.ok ? given.value : []), ...stored.map(([, bytes]) => bytes)]
    for (const bytes of all) {
      frames++
      for (const part of await contentsOf(bytes, logId, epochs, client)) texts.push(...asTexts(part))
    }
  }
  return { texts, frames }
}

/** What lies on a device that is unlocked: its account row, and its home log opened beside it. */
export async function openedBeside(device: TestDevice) {
  const { store, clock } = device
  let vaultKey: Bytes | undefined
  device.host.watchKey(key => {
    vaultKey ??= key?.slice()
  })()
  if (vaultKey === undefined) throw new Error('Cannot look: the vault is locked')
  const keys = vaultKeys(vaultKey)
  const row = openAccountRow(keys.account, await store.get('sealed', ACCOUNT_ROW_KEY))
  if (!row.ok) throw new Error('Cannot look: the account does not open')
  const home = await openHome({ store, clock, random: testRandom, localKey: keys.local }, row.value)
  if (!home.ok) throw new Error('Cannot look: the home log does not open')
  const grants = readReceived(await home.value.log.read<ReceivedDocument>(RECEIVED_SHARD))
  return { row: row.value, home: home.value, grants }
}

async function grantedLogs(device: TestDevice) {
  const { grants } = await openedBeside(device)
  return grants.flatMap(grant => {
    const client = makeRelayClient(device.link, grantKeys(grant.seed).holder, device.clock)
    return [...grant.logs, ...grant.former].map(({ logId, epochs }) => ({ logId, epochs, client }))
  })
}

/** Plains of a frame that one of `epochs` opens, and what lies in them: changes, saves, blobs. */
export async function contentsOf(bytes: Uint8Array, logId: LogId, epochs: readonly EpochKey[], client: RelayClient) {
  const frame = decodeFrame(bytes)
  if (!frame.ok) throw new Error('The relay gave something that is no frame')
  const { kind, keyId } = frame.value.header
  const epoch = epochs.find(one => one.keyId === keyId)
  if (epoch === undefined) return []
  const { content } = logKeyOf(epoch, logId)
  const plain = kind === 'control' ? openControlFrame(frame.value, content) : openFrame(frame.value, content)
  if (!plain.ok) return []
  const open = (ref: BlobRef) => blobPlain(ref, logId, client)
  return [plain.value, ...(await insideOf(kind, plain.value, open))]
}

async function insideOf(kind: string, plain: Bytes, open: (ref: BlobRef) => Promise<Bytes[]>): Promise<Bytes[]> {
  const found: Bytes[] = []
  const ops = kind === 'ops' ? decodeOps(plain) : undefined
  for (const { body } of ops?.ok ? ops.value.parts : []) {
    if (body.kind === 'changes') found.push(...body.changes)
    else if (body.kind === 'save') found.push(...(await saveIn(body.save, open)))
    else for (const blob of await open(body.blob)) found.push(...unpacked(blob))
  }
  const snapshot = kind === 'snapshot' ? decodeSnapshot(plain) : undefined
  for (const { save } of snapshot?.ok ? snapshot.value.shards : []) {
    found.push(...(await saveIn(save, open)))
  }
  return found
}

async function saveIn(save: Carried, open: (ref: BlobRef) => Promise<Bytes[]>): Promise<Bytes[]> {
  if ('inline' in save) return [save.inline]
  const pieces: Bytes[] = []
  for (const ref of blobRefsOf(save)) pieces.push(...(await open(ref)))
  return pieces.length === 0 ? [] : [concat(...pieces)]
}

function unpacked(blob: Bytes): Bytes[] {
  const changes = decodeChanges(blob)
  return changes.ok ? changes.value : []
}

async function blobPlain({ blobId, key }: BlobRef, logId: LogId, client: RelayClient): Promise<Bytes[]> {
  const ciphertext = await client.getBlob(logId, blobId)
  const opened = ciphertext.ok ? await openBlob({ blobId, key, ciphertext: ciphertext.value }, logId) : undefined
  return opened?.ok ? [opened.value] : []
}

/** As text, and what Automerge makes of it. */
export function asTexts(bytes: Bytes): string[] {
  const changes = changesIn(bytes).map(change => JSON.stringify(change))
  return [new TextDecoder().decode(bytes), ...changes]
}

/** A change, or a document with all changes in it. */
export function changesIn(bytes: Bytes): A.DecodedChange[] {
  try {
    return [A.decodeChange(bytes)]
  } catch {
    try {
      return A.getAllChanges(A.load(bytes)).map(change => A.decodeChange(change))
    } catch {
      return []
    }
  }
}
