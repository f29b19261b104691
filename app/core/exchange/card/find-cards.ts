import { type JsonObject, objectsOf, parseObject } from '#schema/record/fhir/json.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { CardCheck } from '#schema/record/card-check.ts'
import type { CardFault, ImportFailure } from '../../import-session.ts'
import { BundlePages } from '../bundle-pages.ts'
import { type Finding, findResources, type FoundResource, type Pause } from '../find-resources.ts'
import { documentOf, foundDocument, objectIn, withOwnAddresses } from './card-resources.ts'
import { type CardContext, checkCard } from './check-card.ts'
import { directoryInfo, isDirectory, readDirectory } from './issuer-directory.ts'
import { isKeySet, readKeySet, readRevocationList } from './issuer-keys.ts'
import { isNumericCode, readNumericCodes } from './numeric-code.ts'
import { isCompactJws, isPayload, type ReadCard, readCard, readPayload } from './read-card.ts'

/** What a text is that has to do with cards. */
type CardText =
  | { readonly kind: 'codes' }
  | { readonly kind: 'cards'; readonly cards: readonly unknown[] }
  | { readonly kind: 'payload' }
  | { readonly kind: 'keys'; readonly value: JsonObject }

/** Files of cards are small; nothing longer is looked at for being one. */
const MAX_CHARS = 20_000_000
const MAX_CARDS = 500
/** What all cards of one file may unpack to. */
const MAX_UNPACKED_BYTES = 20_000_000

/** Told by content alone: codes, a signed text, a file of cards, an answer of `$health-cards-issue`, an issuer's keys or list, a directory. */
export function cardTextOf(text: string): CardText | undefined {
  if (text.length > MAX_CHARS) return undefined
  if (isNumericCode(text)) return { kind: 'codes' }
  if (isCompactJws(text)) return { kind: 'cards', cards: [text.trim()] }
  if (!/"(?:verifiableCredential|credentialSubject|keys|rids|issuerInfo)"/.test(text.slice(0, 20_000))) return undefined
  const value = parseObject(text)
  const { verifiableCredential: cards } = value
  if (Array.isArray(cards)) return { kind: 'cards', cards }
  const issued = value['resourceType'] === 'Parameters' ? issuedCards(value) : []
  if (issued.length > 0) return { kind: 'cards', cards: issued }
  if (value['resourceType'] !== undefined) return undefined
  if (isPayload(value)) return { kind: 'payload' }
  const isIssuers = isKeySet(value) || isDirectory(value) || readRevocationList(value) !== undefined
  return isIssuers ? { kind: 'keys', value } : undefined
}

function issuedCards(parameters: JsonObject): readonly unknown[] {
  return objectsOf(parameters['parameter']).flatMap(({ name, valueString }) =>
    name === 'verifiableCredential' ? [valueString] : [],
  )
}

/**
 * Finds what SMART Health Cards hold. Each is judged by the keys at hand and nobody is asked; one whose signature is wrong brings
 * nothing in.
 */
export async function findInCards(
  text: string,
  told: CardText,
  finding: Finding,
  { context, pause }: { readonly context: CardContext; readonly pause: Pause },
): Promise<Result<void, ImportFailure>> {
  finding.format = 'health-card'
  if (told.kind === 'keys') return fail(await keyFailure(told.value))
  if (told.kind === 'payload') return one(readPayload(text), 'card 1', { finding, context, pause })
  const cards = told.kind === 'cards' ? ok(told.cards) : cardsOfCodes(text)
  if (!cards.ok) return cards
  if (cards.value.length === 0) return fail({ kind: 'empty' })
  if (cards.value.length > MAX_CARDS) return fail({ kind: 'card', why: 'too-large' })
  let left = MAX_UNPACKED_BYTES
  let failure: Result<void, ImportFailure> = ok(undefined)
  for (const [index, jws] of cards.value.entries()) {
    const read = typeof jws === 'string' ? await readCard(jws, left) : fail('unreadable' as const)
    if (read.ok) left -= read.value.bundle.length
    const done = await one(read, `card ${index + 1}`, { finding, context, pause })
    if (!done.ok && done.failure.kind === 'cancelled') return done
    if (!done.ok) failure = done
  }
  return finding.found.length > 0 ? ok(undefined) : failure
}

function cardsOfCodes(text: string): Result<readonly string[], ImportFailure> {
  const codes = [...new Set(text.trim().split(/\s+/))]
  // Several codes that are each a whole card; one that is damaged costs only itself.
  if (codes.length > 1 && codes.every(code => /^shc:\/(?:1\/1\/)?\d+$/i.test(code))) {
    return ok(
      codes.map(code => {
        const read = readNumericCodes(code)
        return read.ok ? read.value : ''
      }),
    )
  }
  const read = readNumericCodes(text)
  if (read.ok) return ok([read.value])
  return fail(read.failure.kind === 'damaged' ? { kind: 'card', why: 'unreadable' } : read.failure)
}

async function keyFailure(value: JsonObject): Promise<ImportFailure> {
  if (isDirectory(value)) return directoryFailure(value)
  if (readRevocationList(value) !== undefined) return { kind: 'issuer-file', holds: 'revocations' }
  return { kind: 'issuer-file', holds: (await readKeySet(value)).length > 0 ? 'keys' : 'no-keys' }
}

async function directoryFailure(value: JsonObject): Promise<ImportFailure> {
  const directory = await readDirectory(value)
  if (directory.ok) return { kind: 'issuer-directory', directory: directoryInfo(directory.value) }
  return { kind: 'issuer-file', holds: directory.failure === 'too-large' ? 'large-directory' : 'no-directory' }
}

interface CardWork {
  readonly finding: Finding
  readonly context: CardContext
  readonly pause: Pause
}

/** One card, or why not: the file's other cards still count. */
async function one(
  read: Result<ReadCard, CardFault>,
  place: string,
  { finding, context, pause }: CardWork,
): Promise<Result<void, ImportFailure>> {
  const refuse = (why: CardFault) => {
    finding.unusable.push({ reason: `card-${why}`, example: place })
    return fail({ kind: 'card', why } as const)
  }
  if (!read.ok) return refuse(read.failure)
  const check = await checkCard(read.value, context)
  if (!check.ok) return refuse(check.failure)
  const inside: Finding = {
    found: [],
    unusable: [],
    cards: [],
    pages: new BundlePages(),
    note: () => undefined,
  }
  const looked = await findResources(read.value.bundle, place, inside, pause)
  if (!looked.ok) return looked.failure.kind === 'cancelled' ? looked : refuse('unreadable')
  if (inside.found.length === 0) return refuse('other')
  const found = withOwnAddresses(inside.found)
  const jws = read.value.signed?.jws
  const document = jws === undefined ? [] : [foundDocument(jws, documentOf(jws, check.value, found), place)]
  finding.unusable.push(...inside.unusable.map(each => ({ ...each, example: `${place}, ${each.example}` })))
  take(finding, [...found, ...document], check.value, place)
  return ok(undefined)
}

function take(finding: Finding, all: readonly FoundResource[], card: CardCheck, place: string): void {
  finding.cards.push(card)
  for (const each of all) {
    const found = { ...each, card, place: each.place === place ? place : `${place}, ${each.place}` }
    finding.found.push(found)
    finding.note(objectIn(found), found)
  }
}
