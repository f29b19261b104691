import { verifyEs256 } from '#crypto/es256.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { CardCheck } from '#schema/record/card-check.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { CardIssuer, IssuerKey } from './issuer-keys.ts'
import type { ReadCard } from './read-card.ts'

/** Clocks differ: a card that was issued a moment ago is valid. */
const SKEW_MS = 5 * 60_000
/** Seconds; what is larger was written in milliseconds by mistake (the year 5138). */
const MAX_SECONDS = 1e11

/** Judges a card by the keys at hand; nobody is asked. `signature`: a key here says that it was changed, or is another's. */
export async function checkCard(
  card: ReadCard,
  issuers: readonly CardIssuer[],
  now: Instant,
): Promise<Result<CardCheck, 'signature'>> {
  const signature = await signatureOf(card, issuers)
  if (signature === 'wrong') return fail('signature')
  const issuedAt = momentOf(card.notBefore)
  const expiresAt = momentOf(card.expires)
  return ok({
    issuer: card.issuer,
    signature,
    time: timeOf(card, { issuedAt, expiresAt }, now),
    revocation: revocationOf(card, issuers),
    ...(issuedAt === undefined ? {} : { issuedAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    checkedAt: now,
  })
}

async function signatureOf(
  { issuer, signed }: ReadCard,
  issuers: readonly CardIssuer[],
): Promise<CardCheck['signature'] | 'wrong'> {
  if (signed === undefined) return 'unsigned'
  const isNamed = (key: IssuerKey) => key.id === signed.keyId
  const own = issuers.find(each => each.issuer === issuer)?.keys.find(isNamed)
  const key = own ?? issuers.flatMap(each => each.keys).find(isNamed)
  if (key === undefined) return 'no-key'
  if (!(await verifyEs256(key, signed.message, signed.signature))) return 'wrong'
  return own === undefined ? 'other-issuer' : 'trusted'
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

function revocationOf(
  { issuer, signed, revocationId, notBefore }: ReadCard,
  issuers: readonly CardIssuer[],
): CardCheck['revocation'] {
  const list = issuers.find(each => each.issuer === issuer)?.revoked
  const revoked = list !== undefined && signed?.keyId !== undefined && Object.hasOwn(list, signed.keyId)
  if (!revoked || revocationId === undefined) return 'not-checked'
  const entries = list[signed.keyId] ?? []
  const isRevoked = entries.some(entry => {
    const [id, before] = entry.split('.')
    return id === revocationId && (before === undefined || !(Number(notBefore) >= Number(before)))
  })
  return isRevoked ? 'revoked' : 'not-listed'
}
