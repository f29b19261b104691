import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { verifyHash, verifySignature } from '#crypto/verify.ts'
import { BlobId, idBytes, type LogId, type WriterId } from '#schema/ids.ts'
import {
  decodeFrames,
  encodeAppendAnswer,
  encodeBlobsPage,
  encodeFramesPage,
  MAX_BLOB_BYTES,
  MAX_FRAMES_BODY_BYTES,
  parseWriterProofs,
  WRITER_HEADER,
} from '#schema/protocol/http.ts'
import { WRITER_LABEL, writerProofBytes } from '#schema/protocol/proof.ts'
import type { Relay } from '../relay.ts'
import { receiptRuns, type Sender, type Taken, takeFrame } from '../take-frame.ts'
import {
  addressOf,
  answerBytes,
  answerEmpty,
  type Authorized,
  countInQuery,
  type Env,
  refuse,
  withAsker,
} from './request.ts'

/** `/v1/logs/:log/frames` and `/v1/logs/:log/blobs`. */
export const frameRoutes = (relay: Relay) =>
  new Hono<Env>()
    .get('/:log/frames', c =>
      withAsker(relay, c, async (logId, { asker }) => {
        const after = countInQuery(c, 'after')
        if (after === undefined) return refuse(c, 'bad-request')
        const page = await relay.store.frames(logId, { after, maxBytes: MAX_FRAMES_BODY_BYTES }, asker)
        if (!page.ok) return refuse(c, page.failure)
        relay.metrics.add('frames_served', page.value.frames.length)
        return answerBytes(c, encodeFramesPage(page.value))
      }),
    )
    .post('/:log/frames', bodyLimit({ maxSize: MAX_FRAMES_BODY_BYTES, onError: c => refuse(c, 'too-large') }), c =>
      withAsker(relay, c, async (logId, authorized, body) => {
        const frames = decodeFrames(body)
        if (!frames.ok) return refuse(c, frames.failure === 'too-large' ? 'too-large' : 'bad-request')
        const proven = provenWriters(c.req.header(WRITER_HEADER), logId, authorized.challenge)
        if (proven === undefined) return refuse(c, 'bad-proof')
        const sender = senderOf(logId, authorized, proven)
        const taken: { taken: Taken }[] = []
        for (const [index, frame] of frames.value.entries()) {
          const waitMs = relay.rates.frames.take(addressOf(relay, c), relay.ticks())
          if (waitMs > 0) return refuse(c, 'rate', { index, retryAfterMs: waitMs })
          const outcome = await takeFrame(relay, frame, sender)
          if (!outcome.ok) return refuse(c, outcome.failure.code, { index })
          taken.push({ taken: outcome.value })
        }
        const receipts = receiptRuns(taken).map(run => relay.signer.receipt(run.at(-1)!.taken.receipt))
        return answerBytes(c, encodeAppendAnswer({ cursor: taken.at(-1)?.taken.cursor ?? 0, receipts }))
      }),
    )
    .route('/:log/blobs', blobRoutes(relay))

/** The W that signed this request's challenge; undefined when any proof is wrong. */
function provenWriters(header: string | undefined, logId: LogId, challenge: Uint8Array): Set<WriterId> | undefined {
  const proofs = parseWriterProofs(header ?? '')
  if (proofs === undefined) return undefined
  const signed = writerProofBytes(challenge, logId)
  const isGood = proofs.every(proof => verifySignature(idBytes(proof.writer), WRITER_LABEL, signed, proof.signature))
  return isGood ? new Set(proofs.map(proof => proof.writer)) : undefined
}

/** A frame that names another log than the path is of an unproven W: the proof is bound to the log. */
function senderOf(logId: LogId, { asker }: Authorized, proven: ReadonlySet<WriterId>): Sender {
  return { asker, isProven: (log, writer) => log === logId && proven.has(writer), mayCarry: log => log === logId }
}

/** Uploads are held in memory until their hash is known; the relay takes so many bytes at a time and no more. */
function blobRoutes(relay: Relay) {
  let uploading = 0
  return new Hono<Env>()
    .post('/:blob', bodyLimit({ maxSize: MAX_BLOB_BYTES, onError: c => refuse(c, 'too-large') }), async c => {
      const announced = Number(c.req.header('content-length') ?? MAX_BLOB_BYTES)
      if (uploading + announced > relay.limits.uploadingBytes) return refuse(c, 'rate', { retryAfterMs: 1000 })
      uploading += announced
      try {
        return await withAsker(relay, c, async (logId, { asker }, body) => {
          const blobId = BlobId.parse(c.req.param('blob'))
          if (blobId === undefined) return refuse(c, 'bad-request')
          if (BlobId.of(verifyHash(body)) !== blobId) return refuse(c, 'wrong-hash')
          const stored = await relay.store.putBlob(logId, blobId, body, asker)
          return answerEmpty(c, stored, stored.ok && stored.value === 'stored' ? 201 : 200)
        })
      } finally {
        uploading -= announced
      }
    })
    .get('/', c =>
      withAsker(relay, c, async (logId, { asker }) => {
        const text = c.req.query('after')
        const after = BlobId.parse(text ?? '')
        if (after === undefined && text !== undefined) return refuse(c, 'bad-request')
        const page = await relay.store.blobs(logId, after, asker)
        return page.ok ? answerBytes(c, encodeBlobsPage(page.value)) : refuse(c, page.failure)
      }),
    )
    .get('/:blob', c =>
      withAsker(relay, c, async (logId, { asker }) => {
        const blobId = BlobId.parse(c.req.param('blob'))
        if (blobId === undefined) return refuse(c, 'bad-request')
        const bytes = await relay.store.blob(logId, blobId, asker)
        return bytes.ok ? answerBytes(c, bytes.value) : refuse(c, bytes.failure)
      }),
    )
}
