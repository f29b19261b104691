import { expect, test } from 'vitest'
import { utf8 } from '#schema/bytes.ts'
import { BlobId, CapabilityId, FrameHash, LogId, MailboxId, WriterId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import {
  accessPath,
  blobPath,
  capabilityPath,
  decodeAccess,
  decodeAppendAnswer,
  decodeCapabilities,
  decodeChallengeAnswer,
  decodeCreateLog,
  decodeDropItems,
  decodeFrames,
  decodeFramesPage,
  decodeLogState,
  decodePruneReport,
  encodeAccess,
  encodeAppendAnswer,
  encodeCapabilities,
  encodeChallengeAnswer,
  encodeCreateLog,
  encodeDropItems,
  encodeFrames,
  encodeFramesPage,
  encodeLogState,
  encodePruneReport,
  formatAuthorization,
  formatWriterProofs,
  framesPath,
  logPath,
  mailboxItemPath,
  mailboxPath,
  parseAuthorization,
  parseWriterProofs,
} from '#schema/protocol/http.ts'
import { decodeDropToken, encodeDropToken, requestProofBytes } from '#schema/protocol/proof.ts'
import { parseRefusal, REFUSALS, refusalOfByte } from '#schema/protocol/refusal.ts'
import { ok } from '#schema/result.ts'
import { ambiguousIn } from './total.ts'

const bytes = (count: number, fill: number) => new Uint8Array(count).fill(fill)
const logId = LogId.of(bytes(16, 1))
const writer = WriterId.of(bytes(32, 2))
const head = FrameHash.of(bytes(32, 3))
const signature = bytes(64, 4)
const capabilityId = CapabilityId.of(bytes(16, 5))
const capability = {
  id: capabilityId,
  logId,
  holderKey: bytes(32, 6),
  rights: 31,
  notBefore: instant(0),
  notAfter: NEVER,
  quotaBytes: 2 ** 40,
  signature,
}

test('every HTTP body comes back as it was sent and decodes totally (invariant 18)', () => {
  const challenge = { challenge: bytes(32, 1), relayKey: bytes(32, 2), relayTime: instant(5), asksForAdmission: true }
  expect(decodeChallengeAnswer(encodeChallengeAnswer(challenge))).toEqual(ok(challenge))
  expect(ambiguousIn(decodeChallengeAnswer, encodeChallengeAnswer, challenge)).toEqual([])

  const create = { genesis: bytes(82, 1), capability }
  expect(decodeCreateLog(encodeCreateLog(create))).toEqual(ok(create))
  expect(ambiguousIn(decodeCreateLog, encodeCreateLog, create)).toEqual([])

  const frames = [bytes(200, 1), bytes(3, 2)]
  expect(decodeFrames(encodeFrames(frames))).toEqual(ok(frames))
  expect(ambiguousIn(decodeFrames, encodeFrames, frames)).toEqual([])

  const receipt = { logId, writer, seq: 4, hash: head, storedAt: instant(5), signature }
  expect(decodeAppendAnswer(encodeAppendAnswer({ cursor: 8, receipts: [receipt] }))).toEqual(
    ok({ cursor: 8, receipts: [receipt] }),
  )
  expect(ambiguousIn(decodeAppendAnswer, encodeAppendAnswer, { cursor: 8, receipts: [receipt] })).toEqual([])

  const page = { cursor: 8, isEnd: false, frames }
  expect(decodeFramesPage(encodeFramesPage(page))).toEqual(ok(page))
  expect(ambiguousIn(decodeFramesPage, encodeFramesPage, page)).toEqual([])

  const feeds = [{ writer, nextSeq: 4, head, keptFrom: 3, bytes: 9 }]
  const state = { ownerNumber: 2, isClosed: true, cursor: 8, bytes: 9, freeBytes: 10, feeds }
  expect(decodeLogState(encodeLogState(state))).toEqual(ok(state))
  expect(ambiguousIn(decodeLogState, encodeLogState, state)).toEqual([])

  expect(decodeCapabilities(encodeCapabilities([capability, capability]))).toEqual(ok([capability, capability]))
  expect(ambiguousIn(decodeCapabilities, encodeCapabilities, [capability])).toEqual([])

  const report = { dueAt: instant(5), frames: 6, bytes: 7 }
  expect(decodePruneReport(encodePruneReport(report))).toEqual(ok(report))
  expect(ambiguousIn(decodePruneReport, encodePruneReport, report)).toEqual([])

  const access = [{ minute: instant(60_000), capabilityId, right: 2, count: 3, bytes: 4 }]
  expect(decodeAccess(encodeAccess(access))).toEqual(ok(access))
  expect(ambiguousIn(decodeAccess, encodeAccess, access)).toEqual([])

  const items = [{ itemId: 1, droppedAt: instant(5), bytes: bytes(20, 7) }]
  expect(decodeDropItems(encodeDropItems(items))).toEqual(ok(items))
  expect(ambiguousIn(decodeDropItems, encodeDropItems, items)).toEqual([])

  const token = { readKey: bytes(32, 1), notAfter: instant(5), signature }
  expect(decodeDropToken(encodeDropToken(token))).toEqual(ok(token))
  expect(ambiguousIn(decodeDropToken, encodeDropToken, token)).toEqual([])
})

test('parseAuthorization() reads what formatAuthorization() wrote, and nothing else', () => {
  const authorization = { holderKey: bytes(32, 1), challenge: bytes(32, 2), signature }
  const header = formatAuthorization(authorization)
  expect(parseAuthorization(header)).toEqual(authorization)
  for (const wrong of ['', 'Bearer x', header.toUpperCase(), `${header}0`, header.slice(0, -2), ` ${header}`]) {
    expect(parseAuthorization(wrong)).toBeUndefined()
  }
})

test('parseWriterProofs() reads what formatWriterProofs() wrote, and nothing else', () => {
  const proofs = [
    { writer, signature },
    { writer: WriterId.of(bytes(32, 9)), signature: bytes(64, 8) },
  ]
  const header = formatWriterProofs(proofs)
  expect(parseWriterProofs(header)).toEqual(proofs)
  for (const wrong of ['', header.slice(1), `${header}, `, `${header}.00`])
    expect(parseWriterProofs(wrong)).toBeUndefined()
  expect(parseWriterProofs(formatWriterProofs(Array.from({ length: 17 }, () => proofs[0]!)))).toBeUndefined()
})

test('a request is signed over its method, path and body apart', () => {
  const sign = (method: string, path: string) => requestProofBytes(bytes(32, 1), method, path, bytes(32, 2))
  expect(sign('GET', '/v1/a')).not.toEqual(sign('GET/', 'v1/a'))
})

test('every refusal has a byte and a status of its own meaning', () => {
  const refusals = Object.entries(REFUSALS)
  expect(new Set(refusals.map(([, { byte }]) => byte)).size).toBe(refusals.length)
  for (const [code, { byte, status }] of refusals) {
    expect(refusalOfByte(byte)).toBe(code)
    expect(status).toBeGreaterThanOrEqual(400)
  }
  expect(refusalOfByte(0)).toBeUndefined()
})

test('parseRefusal() reads a refusal, and knows rubbish', () => {
  const parse = (text: string) => parseRefusal(utf8(text))
  expect(parse('{"code":"stale","ownerNumber":3}')).toEqual({ code: 'stale', ownerNumber: 3 })
  expect(parse('{"code":"fork","index":0,"more":1}')).toEqual({ code: 'fork', index: 0 })
  for (const text of [
    '',
    '[]',
    'null',
    '{',
    '{"code":"no"}',
    '{"code":"stale","ownerNumber":-1}',
    '<html>',
    '{"code":"rate","retryAfterMs":"1"}',
  ]) {
    expect(parse(text)).toBeUndefined()
  }
  expect(parseRefusal(new Uint8Array([0xff]))).toBeUndefined()
})

test('paths are what the relay listens on', () => {
  expect(logPath(logId, 'caps')).toBe(`/v1/logs/${logId}/caps`)
  expect(framesPath(logId, 7)).toBe(`/v1/logs/${logId}/frames?after=7`)
  expect(blobPath(logId, BlobId.of(bytes(32, 1)))).toBe(`/v1/logs/${logId}/blobs/${'01'.repeat(32)}`)
  expect(capabilityPath(logId, capabilityId)).toBe(`/v1/logs/${logId}/caps/${capabilityId}`)
  expect(accessPath(logId, instant(5))).toBe(`/v1/logs/${logId}/access?from=5`)
  const mailbox = MailboxId.of(bytes(32, 1))
  expect(mailboxPath(mailbox)).toBe(`/v1/drop/${'01'.repeat(32)}`)
  expect(mailboxItemPath(mailbox, 4, 'ab')).toBe(`${mailboxPath(mailbox)}/4?hash=ab`)
})
