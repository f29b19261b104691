import { pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { verifyHash } from '#crypto/verify.ts'
import { LinkId } from '#schema/ids.ts'
import {
  decodeNewLink,
  encodeLinkAnswers,
  encodeLinkStates,
  LINK_ADDRESS_BYTES,
  MAX_ANSWER_BYTES,
  MAX_LINK_FILE_BYTES,
  MAX_LINK_LIFE_MS,
  MAX_RECIPIENT_CHARS,
  OPEN_LINKS_PATH,
  PASSCODE_ROUNDS,
  type PasscodeLock,
  passcodeBytes,
} from '#schema/protocol/link.ts'
import type { Relay } from '../relay.ts'
import type { LinkAct, LinkFile } from '../store/relay-store.ts'
import { addressOf, answerBytes, answerEmpty, bodyOf, type Env, refuse, withAsker } from './request.ts'

const stretch = promisify(pbkdf2)

/** Beside the file: an id, times, an origin. */
const NEW_LINK_ROOM = 1024
const MAX_ASKED_BYTES = 4096
const MAX_PASSCODE_CHARS = 200

/** `/v1/logs/:log/links`: what a log's owner does with its health links. */
export const ownLinkRoutes = (relay: Relay) => {
  const act = (wanted: LinkAct) => (c: Context<Env>) =>
    withAsker(relay, c, async (logId, { asker }) => {
      const linkId = LinkId.parse(c.req.param('link') ?? '')
      if (linkId === undefined) return refuse(c, 'bad-request')
      return answerEmpty(c, await relay.store.changeLink(logId, linkId, wanted, asker))
    })
  const maxSize = MAX_LINK_FILE_BYTES + NEW_LINK_ROOM
  return new Hono<Env>()
    .get('/:log/links', c =>
      withAsker(relay, c, async (logId, { asker }) => {
        const states = await relay.store.links(logId, asker)
        return states.ok ? answerBytes(c, encodeLinkStates(states.value)) : refuse(c, states.failure)
      }),
    )
    .post('/:log/links', bodyLimit({ maxSize, onError: c => refuse(c, 'too-large') }), c =>
      withAsker(relay, c, async (logId, { asker }, body) => {
        const link = decodeNewLink(body)
        if (!link.ok) return refuse(c, link.failure === 'too-large' ? 'too-large' : 'bad-request')
        const leftMs = link.value.expiresAt - relay.now()
        if (leftMs <= 0 || leftMs > MAX_LINK_LIFE_MS) return refuse(c, 'bad-request')
        const put = await relay.store.putLink(logId, link.value, asker)
        return answerEmpty(c, put, put.ok && put.value === 'created' ? 201 : 200)
      }),
    )
    .post(
      '/:log/links/:link/file',
      bodyLimit({ maxSize: MAX_LINK_FILE_BYTES, onError: c => refuse(c, 'too-large') }),
      c =>
        withAsker(relay, c, async (logId, { asker }, file) => {
          const linkId = LinkId.parse(c.req.param('link') ?? '')
          if (linkId === undefined || file.length === 0) return refuse(c, 'bad-request')
          return answerEmpty(c, await relay.store.replaceLinkFile(logId, linkId, file, asker))
        }),
    )
    .post('/:log/links/:link/pause', act('pause'))
    .post('/:log/links/:link/arm', act('arm'))
    .delete('/:log/links/:link', act('destroy'))
    .get('/:log/links/:link/answers', c =>
      withAsker(relay, c, async (logId, { asker }) => {
        const linkId = LinkId.parse(c.req.param('link'))
        if (linkId === undefined) return refuse(c, 'bad-request')
        const answers = await relay.store.answers(logId, linkId, asker)
        return answers.ok ? answerBytes(c, encodeLinkAnswers(answers.value)) : refuse(c, answers.failure)
      }),
    )
    .get('/:log/links/:link/answers/:no', c =>
      withAsker(relay, c, async (logId, { asker }) => {
        const [linkId, no] = [LinkId.parse(c.req.param('link')), numberIn(c.req.param('no'))]
        if (linkId === undefined || no === undefined) return refuse(c, 'bad-request')
        const answer = await relay.store.answer(logId, linkId, no, asker)
        return answer.ok ? answerBytes(c, answer.value) : refuse(c, answer.failure)
      }),
    )
    .delete('/:log/links/:link/answers/:no', c =>
      withAsker(relay, c, async (logId, { asker }) => {
        const [linkId, no] = [LinkId.parse(c.req.param('link')), numberIn(c.req.param('no'))]
        if (linkId === undefined || no === undefined) return refuse(c, 'bad-request')
        return answerEmpty(c, await relay.store.removeAnswer(logId, linkId, no, asker))
      }),
    )
}

const numberIn = (text: string) => (/^\d{1,15}$/.test(text) ? Number(text) : undefined)

/** `/v1/shl/:address`: whoever has the address. Whatever is wrong but a passcode is answered alike. */
export const openLinkRoutes = (relay: Relay) =>
  new Hono<Env>()
    .use('/:address/*', async (c, next) => {
      const waitMs = relay.rates.linkOpens.take(addressOf(relay, c), relay.ticks())
      return waitMs > 0 ? refuse(c, 'rate', { retryAfterMs: waitMs }) : next()
    })
    .get('/:address', async c => {
      const linkId = linkOf(c)
      const door = linkId && (await relay.store.linkDoor(linkId, relay.now()))
      if (linkId === undefined || door?.isDirect !== true) return refuse(c, 'not-found')
      // What looks at addresses before people do opens nothing.
      if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'application/jose' })
      const recipient = recipientIn(c.req.query('recipient'))
      return answerFile(c, await relay.store.openLink(linkId, { at: relay.now(), recipient, returnsTry: false }))
    })
    .post('/:address', bodyLimit({ maxSize: MAX_ASKED_BYTES, onError: c => refuse(c, 'too-large') }), async c => {
      const linkId = linkOf(c)
      const door = linkId && (await relay.store.linkDoor(linkId, relay.now()))
      if (linkId === undefined || door === undefined || door.isDirect) return refuse(c, 'not-found')
      const asked = await askedIn(c)
      if (asked === undefined) return refuse(c, 'bad-request')
      const triesLeft = door.triesLeft === undefined ? undefined : await triesAfter(relay, linkId, asked.passcode)
      if (triesLeft !== undefined) return c.json({ remainingAttempts: triesLeft }, 401)
      const returnsTry = door.triesLeft !== undefined
      const opened = await relay.store.openLink(linkId, { at: relay.now(), recipient: asked.recipient, returnsTry })
      if (opened === undefined) return refuse(c, 'not-found')
      return c.json(manifestOf(relay, c, linkId, opened, asked.embeddedLengthMax))
    })
    .post(
      '/:address/answers',
      bodyLimit({ maxSize: MAX_ANSWER_BYTES, onError: c => refuse(c, 'too-large') }),
      async c => {
        const linkId = linkOf(c)
        const bytes = await bodyOf(c)
        if (linkId === undefined) return refuse(c, 'not-found')
        if (bytes.length === 0) return refuse(c, 'bad-request')
        return answerEmpty(c, await relay.store.takeAnswer(linkId, bytes, relay.now()), 201)
      },
    )
    .get('/:address/file', async c => {
      const linkId = linkOf(c)
      const isGood = linkId && relay.tickets.isGood(c.req.query('ticket') ?? '', linkId, relay.now())
      return isGood ? answerFile(c, await relay.store.linkFile(linkId, relay.now())) : refuse(c, 'not-found')
    })

function linkOf(c: Context): LinkId | undefined {
  const text = c.req.param('address') ?? ''
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length !== LINK_ADDRESS_BYTES || bytes.toString('base64url') !== text) return undefined
  return LinkId.of(verifyHash(bytes).subarray(0, LinkId.size))
}

function answerFile(c: Context, opened: LinkFile | undefined): Response {
  return opened === undefined
    ? refuse(c, 'not-found')
    : c.body(opened.file, 200, { 'content-type': 'application/jose' })
}

/** The tries that are left after a wrong passcode; undefined when it was the right one. None typed takes no try. */
async function triesAfter(relay: Relay, linkId: LinkId, passcode: string | undefined): Promise<number | undefined> {
  if (passcode === undefined) return (await relay.store.linkDoor(linkId, relay.now()))?.triesLeft ?? 0
  const taken = await relay.store.takeTry(linkId, relay.now())
  if (taken === undefined) return 0
  return (await fits(passcode, taken)) ? undefined : taken.triesLeft
}

async function fits(passcode: string, { salt, verifier }: PasscodeLock): Promise<boolean> {
  const made = await stretch(passcodeBytes(passcode), salt, PASSCODE_ROUNDS, verifier.length, 'sha256')
  return timingSafeEqual(made, verifier)
}

interface Asked {
  readonly recipient: string
  readonly passcode?: string
  readonly embeddedLengthMax: number
}

async function askedIn(c: Context): Promise<Asked | undefined> {
  const body: unknown = await c.req.json().catch(() => undefined)
  if (typeof body !== 'object' || body === null) return undefined
  const { recipient, passcode, embeddedLengthMax } = body as Readonly<Record<string, unknown>>
  const max = typeof embeddedLengthMax === 'number' ? embeddedLengthMax : Number.POSITIVE_INFINITY
  const isTyped = typeof passcode === 'string' && passcode !== '' && passcode.length <= MAX_PASSCODE_CHARS
  return { recipient: recipientIn(recipient), embeddedLengthMax: max, ...(isTyped ? { passcode } : {}) }
}

/** One line, as typed. */
function recipientIn(value: unknown): string {
  const text = typeof value === 'string' ? value.toWellFormed() : ''
  return text
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, MAX_RECIPIENT_CHARS)
    .toWellFormed()
}

function manifestOf(relay: Relay, c: Context, linkId: LinkId, opened: LinkFile, embeddedLengthMax: number): object {
  const address = `${OPEN_LINKS_PATH}/${c.req.param('address')}/file`
  const ticket = relay.tickets.make(linkId, relay.now())
  const where =
    opened.file.length <= embeddedLengthMax
      ? { embedded: Buffer.from(opened.file).toString('latin1') }
      : { location: `${opened.origin}${address}?ticket=${ticket}` }
  const status = opened.isLongTerm ? 'can-change' : 'finalized'
  return { status, files: [{ contentType: 'application/fhir+json', ...where }] }
}
