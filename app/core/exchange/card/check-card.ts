import { verifyEs256 } from '#crypto/es256.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { CardCheck, JudgedBy } from '#schema/record/card-check.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { IssuerDirectory } from './issuer-directory.ts'
import type { CardIssuer, IssuerKey } from './issuer-keys.ts'
import type { ReadCard, SignedPart } from './read-card.ts'

/** Clocks differ: a card that was issued a moment ago is valid. */
const SKEW_MS = 5 * 60_000
/** Seconds; what is larger was written in milliseconds by mistake (the year 5138). */
const MAX_SECONDS = 1e11

/** What cards are judged by. */
export interface CardContext {
  readonly issuers: readonly CardIssuer[]
  /** Left out: none. */
  readonly directories?: readonly IssuerDirectory[]
  readonly now: Instant
}

/** Judges a card by the keys at hand; nobody is asked. `signature`: a key here says that it was changed, or is another's. */
export async function checkCard(
  card: ReadCard,
  { issuers, directories = [], now }: CardContext,
): Promise<Result<CardCheck, 'signature'>> {
  // What the person keeps of an issuer goes before any directory, and a newer directory before an older one.
  const books = [{ issuers }, ...directories.toSorted((a, b) => b.madeAt - a.madeAt)]
  const key = findKey(card, books)
  if (key !== undefined && !(await verifyEs256(key.key, key.signed.message, key.signed.signature))) {
    return fail('signature')
  }
  const revocation = revocationOf(card, books)
  const directory = judgedBy(card, key?.book) ?? judgedBy(card, revocation.book)
  const issuedAt = momentOf(card.notBefore)
  const expiresAt = momentOf(card.expires)
  return ok({
    issuer: card.issuer,
    signature: key?.signature ?? (card.signed === undefined ? 'unsigned' : 'no-key'),
    time: timeOf(card, { issuedAt, expiresAt }, now),
    revocation: revocation.said,
    ...(directory === undefined ? {} : { directory }),
    ...(issuedAt === undefined ? {} : { issuedAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    checkedAt: now,
  })
}

/** Whose keys count: those kept one by one, or those of a directory. */
type Book = IssuerDirectory | { readonly issuers: readonly CardIssuer[] }

const isDirectory = (book: Book | undefined): book is IssuerDirectory => book !== undefined && 'source' in book
const issuerIn = (book: Book, issuer: string) => book.issuers.find(each => each.issuer === issuer)

interface FoundKey {
  readonly key: IssuerKey
  readonly signed: SignedPart
  readonly book: Book
  /** What it says of the card once its signature is found to be good. */
  readonly signature: 'trusted' | 'listed' | 'other-issuer'
}

/** A key of the issuer that the card names, before the same key of somebody else. */
function findKey({ issuer, signed }: ReadCard, books: readonly Book[]): FoundKey | undefined {
  if (signed === undefined) return undefined
  const isNamed = (key: IssuerKey) => key.id === signed.keyId
  for (const book of books) {
    const key = issuerIn(book, issuer)?.keys.find(isNamed)
    if (key !== undefined) return { key, signed, book, signature: isDirectory(book) ? 'listed' : 'trusted' }
  }
  for (const book of books) {
    const key = book.issuers.flatMap(each => each.keys).find(isNamed)
    if (key !== undefined) return { key, signed, book, signature: 'other-issuer' }
  }
  return undefined
}

function judgedBy({ issuer }: ReadCard, book: Book | undefined): JudgedBy | undefined {
  if (!isDirectory(book)) return undefined
  const name = book.issuers.find(each => each.issuer === issuer)?.name
  return { source: book.source, madeAt: book.madeAt, ...(name === undefined ? {} : { name }) }
}

/** Seconds since 1970, with a fraction or without. */
function momentOf(seconds: unknown): Instant | undefined {
  if (typeof seconds !== 'number' || !(seconds > 0) || seconds > MAX_SECONDS) return undefined
  return instant(Math.floor(seconds * 1000))
}

interface Times {
  readonly issuedAt: Instant | undefined
  readonly expiresAt: Instant | undefined
}

function timeOf({ expires }: ReadCard, { issuedAt, expiresAt }: Times, now: Instant): CardCheck['time'] {
  if (expiresAt !== undefined && expiresAt <= now) return 'expired'
  if (issuedAt === undefined || (expires !== undefined && expiresAt === undefined)) return 'unclear'
  return issuedAt > now + SKEW_MS ? 'not-yet' : 'valid'
}

interface Revocation {
  readonly said: CardCheck['revocation']
  /** Whose list said so. */
  readonly book?: Book
}

/** By every list there is for the card's key: one that has the card counts, however old another one is. */
function revocationOf({ issuer, signed, revocationId, notBefore }: ReadCard, books: readonly Book[]): Revocation {
  const keyId = signed?.keyId
  if (keyId === undefined || revocationId === undefined) return { said: 'not-checked' }
  const isListed = (entry: string) => {
    const [id, before] = entry.split('.')
    return id === revocationId && (before === undefined || !(Number(notBefore) >= Number(before)))
  }
  const lists = books.flatMap(book => {
    const revoked = issuerIn(book, issuer)?.revoked
    return revoked !== undefined && Object.hasOwn(revoked, keyId) ? [{ book, entries: revoked[keyId] ?? [] }] : []
  })
  const list = lists.find(({ entries }) => entries.some(isListed)) ?? lists[0]
  if (list === undefined) return { said: 'not-checked' }
  return { said: list.entries.some(isListed) ? 'revoked' : 'not-listed', book: list.book }
}
