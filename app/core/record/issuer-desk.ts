import { parseObject } from '#schema/record/fhir/json.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { IssuerBook } from '../exchange/card/issuer-book.ts'
import { directoryInfo, isDirectory, readDirectory } from '../exchange/card/issuer-directory.ts'
import {
  type CardIssuer,
  issuerAddress,
  readKeySet,
  readRevocationList,
  type RevocationList,
} from '../exchange/card/issuer-keys.ts'
import type { CardIssuerInfo, IssuerFileFailure, IssuerSession } from '../issuer-session.ts'
import type { SaveFailure } from '../session.ts'

type Kept = Result<CardIssuerInfo, IssuerFileFailure | SaveFailure>

const MAX_FILE_BYTES = 20_000_000

const jsonOf = async (file: Blob) => (file.size > MAX_FILE_BYTES ? {} : parseObject(await file.text()))

function infoOf({ issuer, keys, revoked }: CardIssuer): CardIssuerInfo {
  const lists = Object.values(revoked)
  const revokedCount = lists.reduce((sum, list) => sum + list.length, 0)
  return { issuer, keyCount: keys.length, ...(lists.length > 0 ? { revokedCount } : {}) }
}

/** Whose health cards the person trusts. Files come from the person; no issuer is asked for anything. */
export function makeIssuerDesk(book: IssuerBook): IssuerSession {
  async function keep(issuer: CardIssuer): Promise<Kept> {
    const kept = await book.keep(issuer)
    return kept.ok ? ok(infoOf(issuer)) : fail({ kind: 'not-stored', why: kept.failure })
  }

  async function keepList({ keyId, revoked }: RevocationList): Promise<Kept> {
    const owner = (await book.list()).find(({ keys }) => keys.some(key => key.id === keyId))
    if (owner === undefined) return fail({ kind: 'unknown-key' })
    return keep({ ...owner, revoked: { ...owner.revoked, [keyId]: revoked } })
  }

  return {
    cardIssuers: async () => (await book.list()).map(infoOf),
    async keepIssuerFile(file, issuer = '') {
      const value = await jsonOf(file)
      if (isDirectory(value)) return fail({ kind: 'directory' })
      const list = readRevocationList(value)
      if (list !== undefined) return keepList(list)
      const keys = await readKeySet(value)
      if (keys.length === 0) return fail({ kind: 'no-keys' })
      const address = issuerAddress(issuer)
      if (address === undefined) return fail({ kind: 'bad-address' })
      const before = (await book.list()).find(each => each.issuer === address)
      // What the issuer no longer publishes counts no longer: its newest file takes the place of the one before.
      return keep({ issuer: address, keys, revoked: before?.revoked ?? {} })
    },
    async forgetCardIssuer(issuer) {
      const done = await book.forget(issuer)
      return done.ok ? ok(undefined) : fail({ kind: 'not-stored', why: done.failure })
    },
    cardDirectories: async () => (await book.directories()).map(directoryInfo),
    async keepDirectory(file) {
      const directory = await readDirectory(await jsonOf(file))
      if (!directory.ok) return fail({ kind: 'no-keys' })
      const kept = await book.keepDirectory(directory.value)
      return kept.ok ? ok(directoryInfo(directory.value)) : fail({ kind: 'not-stored', why: kept.failure })
    },
    async forgetDirectory(source) {
      const done = await book.forgetDirectory(source)
      return done.ok ? ok(undefined) : fail({ kind: 'not-stored', why: done.failure })
    },
  }
}
