import type { Instant } from '#schema/instant.ts'
import { at, parseObject } from '#schema/record/fhir/json.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { LinkAsked, LinkFailure, LinkFault, LinkInfo, OutsideAnswer, OutsideRequest } from '../../link-session.ts'
import type { UnusableReason } from '../../import-session.ts'
import { openJwe } from './open-jwe.ts'
import { type HealthLink, linkInfo, readLink } from './read-link.ts'
import { type ManifestFile, readManifest } from './read-manifest.ts'

/** What a link leads to, opened; or what must be fetched first. */
export type Followed =
  | { readonly kind: 'fetch'; readonly requests: readonly OutsideRequest[] }
  | { readonly kind: 'files'; readonly info: LinkInfo; readonly files: readonly LinkFile[] }

/** One file of a link, in the list's order. */
export type LinkFile =
  | { readonly place: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly place: string; readonly reason: UnusableReason }

const MAX_FILE_BYTES = 30_000_000
/** With files in it. */
const MAX_LIST_BYTES = 30_000_000
/** What all files of a link may unpack to. */
const MAX_UNPACKED_BYTES = 100_000_000
const MAX_EMBEDDED_CHARS = 4_000_000
const MAX_RECIPIENT = 100

const refuse = (why: LinkFault) => fail({ kind: 'link', why } as const)

/** Nothing is fetched here: says what to fetch next, or opens what came. Total, whatever the other side answered. */
export async function followLink(
  asked: LinkAsked,
  now: Instant,
  ownOrigin?: string,
): Promise<Result<Followed, LinkFailure>> {
  const link = readLink(asked.link, now, ownOrigin)
  if (!link.ok) return refuse(link.failure)
  const [first] = asked.fetched[0] ?? []
  if (first === undefined) return ok({ kind: 'fetch', requests: [firstRequest(link.value, asked)] })
  const text = textOf(first, link.value)
  if (!text.ok) return text
  const files: readonly ManifestFile[] | undefined = link.value.isDirect
    ? [{ kind: 'embedded', jwe: text.value }]
    : readManifest(text.value)
  if (files === undefined) return refuse('nonsense')
  const located = files.filter(file => file.kind === 'located')
  const answers = asked.fetched[1]
  if (located.length > 0 && answers === undefined) {
    const requests = located.map(({ url, host }) => ({ url, host, maxBytes: MAX_FILE_BYTES }))
    return ok({ kind: 'fetch', requests })
  }
  return openAll(link.value, files, answers ?? [])
}

function firstRequest({ url, host, isDirect }: HealthLink, { recipient, passcode }: LinkAsked): OutsideRequest {
  const name = recipient.trim().slice(0, MAX_RECIPIENT)
  if (isDirect) {
    const address = new URL(url)
    address.searchParams.set('recipient', name)
    return { url: address.href, host, maxBytes: MAX_FILE_BYTES }
  }
  const body = {
    recipient: name,
    embeddedLengthMax: MAX_EMBEDDED_CHARS,
    ...(passcode === undefined ? {} : { passcode }),
  }
  return { url, host, body: JSON.stringify(body), maxBytes: MAX_LIST_BYTES }
}

/** What an answer says, or in which words it refuses. */
function textOf(answer: OutsideAnswer, { needsPasscode }: HealthLink): Result<string, LinkFailure> {
  if (answer.kind === 'not-allowed') return refuse('refused')
  if (answer.kind !== 'answer') return refuse(answer.kind)
  const text = new TextDecoder().decode(answer.bytes)
  if (answer.status >= 200 && answer.status < 300) return ok(text)
  if (answer.status === 401 && needsPasscode) return fail(wrongPasscode(text))
  if (answer.status === 404 || answer.status === 410) return refuse('gone')
  return refuse(answer.status === 429 ? 'busy' : 'refused')
}

function wrongPasscode(text: string): LinkFailure {
  const left = at(parseObject(text), 'remainingAttempts')
  const isCount = typeof left === 'number' && Number.isInteger(left) && left >= 0
  return { kind: 'link', why: 'passcode', ...(isCount ? { triesLeft: left } : {}) }
}

async function openAll(
  link: HealthLink,
  files: readonly ManifestFile[],
  answers: readonly OutsideAnswer[],
): Promise<Result<Followed, LinkFailure>> {
  const opened: LinkFile[] = []
  const coming = answers.values()
  let left = MAX_UNPACKED_BYTES
  for (const [index, file] of files.entries()) {
    const place = `file ${index + 1}`
    const jwe = file.kind === 'located' ? jweOf(coming.next().value) : file.kind === 'embedded' ? file.jwe : undefined
    const plain = jwe === undefined ? fail('sealed' as const) : await openJwe(jwe, link.key, left)
    if (plain.ok) {
      left -= plain.value.length
      opened.push({ place, bytes: plain.value })
    } else opened.push({ place, reason: reasonOf(file, jwe, plain.failure) })
  }
  if (opened.length === 0) return refuse('empty')
  if (opened.every(file => 'reason' in file && file.reason === 'link-sealed')) return refuse('sealed')
  return ok({ kind: 'files', info: linkInfo(link), files: opened })
}

function jweOf(answer: OutsideAnswer | undefined): string | undefined {
  if (answer?.kind !== 'answer' || answer.status < 200 || answer.status >= 300) return undefined
  return new TextDecoder().decode(answer.bytes)
}

function reasonOf(file: ManifestFile, jwe: string | undefined, failure: 'sealed' | 'too-large'): UnusableReason {
  if (file.kind === 'unusable') return `link-${file.why}`
  if (jwe === undefined) return 'link-unreachable'
  return failure === 'too-large' ? 'too-large' : 'link-sealed'
}
