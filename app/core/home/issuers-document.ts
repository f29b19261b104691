import { ImmutableString } from '@automerge/automerge/slim'
import { parseObject } from '#schema/record/fhir/json.ts'
import type { IssuerBook } from '../exchange/card/issuer-book.ts'
import { readStoredDirectory, storedDirectory } from '../exchange/card/issuer-directory.ts'
import { readStoredIssuer } from '../exchange/card/issuer-keys.ts'
import type { HomeLog } from './home-log.ts'

/** The home log's shard of issuers of health cards: only the owner's devices write there, so nobody else adds a key. */
const ISSUERS_SHARD = 'card-issuers'
/** Directories of issuers lie in one of their own: they are large, and read where cards are judged alone. */
const DIRECTORIES_SHARD = 'card-directories'

/** By the issuer's address: its keys and lists as one JSON. */
type IssuersDocument = Record<string, ImmutableString>
/** By the directory's address: the rest of it as one JSON. */
type DirectoriesDocument = Record<string, ImmutableString>

export function issuerBook(home: HomeLog): IssuerBook {
  const changeIn = async (shard: string, act: (doc: Record<string, ImmutableString>) => void) => {
    await home.log.change(shard, act)
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
      changeIn(ISSUERS_SHARD, doc => {
        doc[issuer] = new ImmutableString(JSON.stringify({ keys, revoked }))
      }),
    forget: issuer =>
      changeIn(ISSUERS_SHARD, doc => {
        delete doc[issuer]
      }),
    async directories() {
      const doc = await home.log.read<DirectoriesDocument>(DIRECTORIES_SHARD)
      const kept = Object.entries(doc).flatMap(([source, stored]) => readStoredDirectory(source, String(stored)) ?? [])
      return kept.toSorted((a, b) => (a.source < b.source ? -1 : 1))
    },
    keepDirectory: directory =>
      changeIn(DIRECTORIES_SHARD, doc => {
        doc[directory.source] = new ImmutableString(storedDirectory(directory))
      }),
    forgetDirectory: source =>
      changeIn(DIRECTORIES_SHARD, doc => {
        delete doc[source]
      }),
  }
}
