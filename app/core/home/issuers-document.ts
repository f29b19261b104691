import { ImmutableString } from '@automerge/automerge/slim'
import { parseObject } from '#schema/record/fhir/json.ts'
import type { IssuerBook } from '../exchange/card/issuer-book.ts'
import { readStoredIssuer } from '../exchange/card/issuer-keys.ts'
import type { HomeLog } from './home-log.ts'

/** The home log's shard of issuers of health cards: only the owner's devices write there, so nobody else adds a key. */
const ISSUERS_SHARD = 'card-issuers'

/** By the issuer's address: its keys and lists as one JSON. */
type IssuersDocument = Record<string, ImmutableString>

export function issuerBook(home: HomeLog): IssuerBook {
  const change = async (act: (doc: IssuersDocument) => void) => {
    await home.log.change<IssuersDocument>(ISSUERS_SHARD, act)
    return home.log.flush()
  }
  return {
    async list() {
      const doc = await home.log.read<IssuersDocument>(ISSUERS_SHARD)
      const issuers = Object.entries(doc).map(([issuer, stored]) =>
        readStoredIssuer(issuer, parseObject(String(stored))),
      )
      return issuers.toSorted((a, b) => (a.issuer < b.issuer ? -1 : 1))
    },
    keep: ({ issuer, keys, revoked }) =>
      change(doc => {
        doc[issuer] = new ImmutableString(JSON.stringify({ keys, revoked }))
      }),
    forget: issuer =>
      change(doc => {
        delete doc[issuer]
      }),
  }
}
