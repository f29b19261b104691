import { type Instant, instant } from '../instant.ts'
import { isObject, parseObject, tokenOf } from './fhir/json.ts'

const SIGNATURES = ['trusted', 'listed', 'other-issuer', 'no-key', 'unsigned'] as const
const TIMES = ['valid', 'expired', 'not-yet', 'unclear'] as const
const REVOCATIONS = ['revoked', 'not-listed', 'not-checked'] as const

/** What was found of the SMART Health Card that an entry came with, on the day it was looked at. */
export interface CardCheck {
  /** `iss`: the web address by which the card names its issuer. It is never contacted. */
  readonly issuer: string
  /**
   * `trusted`: by a key of this issuer that the person keeps. `listed`: by one that `directory` has for this issuer. `other-issuer`: good, by a key that is kept, but not for this issuer.
   * `no-key`: no key here can tell. `unsigned`: a card's content alone. A signature that is wrong lets nothing in.
   */
  readonly signature: (typeof SIGNATURES)[number]
  /** `not-yet`: valid from a day to come. `unclear`: it says no date, or one that cannot be. */
  readonly time: (typeof TIMES)[number]
  /** By the issuer's list, where the person keeps one for the card's key, or `directory` has one. */
  readonly revocation: (typeof REVOCATIONS)[number]
  /** What was judged by, where that was not what the person keeps of the issuer alone. */
  readonly directory?: JudgedBy
  readonly issuedAt?: Instant
  readonly expiresAt?: Instant
  readonly checkedAt: Instant
}

/** A directory of issuers, as it was when the card was looked at. */
export interface JudgedBy {
  /** The web address by which it names itself. */
  readonly source: string
  /** When it was gathered, by its own word. */
  readonly madeAt: Instant
  /** What it calls the issuer. */
  readonly name?: string
}

const oneOf = <Word extends string>(words: readonly Word[], word: unknown) => words.find(each => each === word)

function instantOf(value: unknown): Instant | undefined {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 8.64e15 ? instant(value) : undefined
}

function judgedBy(value: unknown): JudgedBy | undefined {
  const told = isObject(value) ? value : {}
  const [source, madeAt, name] = [tokenOf(told['source']), instantOf(told['madeAt']), tokenOf(told['name'])]
  if (source === undefined || madeAt === undefined) return undefined
  return { source, madeAt, ...(name === undefined ? {} : { name }) }
}

/** As kept beside an entry, in JSON; undefined for anything else. */
export function parseCardCheck(text: string): CardCheck | undefined {
  const told = parseObject(text)
  const issuer = tokenOf(told['issuer'])
  const signature = oneOf(SIGNATURES, told['signature'])
  const time = oneOf(TIMES, told['time'])
  const revocation = oneOf(REVOCATIONS, told['revocation'])
  const checkedAt = instantOf(told['checkedAt'])
  if (issuer === undefined || signature === undefined || time === undefined) return undefined
  if (revocation === undefined || checkedAt === undefined) return undefined
  const directory = judgedBy(told['directory'])
  const [issuedAt, expiresAt] = [instantOf(told['issuedAt']), instantOf(told['expiresAt'])]
  return {
    issuer,
    signature,
    time,
    revocation,
    ...(directory === undefined ? {} : { directory }),
    ...(issuedAt === undefined ? {} : { issuedAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    checkedAt,
  }
}
