import { type Instant, instant } from '#schema/instant.ts'
import { isObject, type JsonObject, objectsOf, parseObject } from '#schema/record/fhir/json.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { DirectoryInfo } from '../../issuer-session.ts'
import { shownName } from '../../shown-name.ts'
import {
  type CardIssuer,
  type IssuerKey,
  issuerAddress,
  readKeySet,
  readRevocationList,
  readStoredIssuer,
} from './issuer-keys.ts'

/** One of a directory's issuers, as the directory has it. */
export interface ListedIssuer extends CardIssuer {
  readonly name?: string
}

/**
 * Issuers of health cards and their keys, gathered by somebody, in the form of the VCI directory's snapshot
 * (https://github.com/the-commons-project/vci-directory, `logs/vci_snapshot.json`). Whoever gathered it is believed for all of them.
 */
export interface IssuerDirectory {
  /** The web address by which it names itself. It is never contacted. */
  readonly source: string
  /** When it was gathered, by its own word. */
  readonly madeAt: Instant
  readonly issuers: readonly ListedIssuer[]
}

/** Some ten times the largest that there is, as kept: it travels to each device of the person. */
const MAX_KEPT_CHARS = 3_000_000
const MAX_ISSUERS = 10_000
const MAX_KEYS = 20_000

/** Whether a JSON object is a directory, of use or not. */
export const isDirectory = (value: JsonObject) => Array.isArray(value['issuerInfo'])

/**
 * A directory from its file. `unusable`: it says neither address nor day, or no key in it can check a card. What its entries hold beside
 * that is passed over, and so is an issuer without such a key. Total.
 */
export async function readDirectory(value: JsonObject): Promise<Result<IssuerDirectory, 'unusable' | 'too-large'>> {
  const source = directoryAddress(value['directory'])
  const madeAt = momentOf(value['time'])
  const entries = objectsOf(value['issuerInfo'])
  if (entries.length > MAX_ISSUERS) return fail('too-large')
  const issuers = new Map<string, ListedIssuer>()
  let keyCount = 0
  for (const entry of entries) {
    const listed = await listedIssuer(entry)
    if (listed === undefined) continue
    keyCount += listed.keys.length
    if (keyCount > MAX_KEYS) return fail('too-large')
    const before = issuers.get(listed.issuer)
    issuers.set(listed.issuer, before === undefined ? listed : ofBoth(before, listed))
  }
  if (source === undefined || madeAt === undefined || issuers.size === 0) return fail('unusable')
  const directory = { source, madeAt, issuers: [...issuers.values()] }
  return storedDirectory(directory).length > MAX_KEPT_CHARS ? fail('too-large') : ok(directory)
}

async function listedIssuer(entry: JsonObject): Promise<ListedIssuer | undefined> {
  const told = isObject(entry['issuer']) ? entry['issuer'] : {}
  const { iss, name } = told
  const issuer = typeof iss === 'string' ? issuerAddress(iss) : undefined
  const keys = await readKeySet(entry)
  if (issuer === undefined || keys.length === 0) return undefined
  const lists = objectsOf(entry['crls']).flatMap(list => readRevocationList(list) ?? [])
  const own = lists.filter(({ keyId }) => keys.some(key => key.id === keyId))
  return {
    issuer,
    keys,
    revoked: Object.fromEntries(own.map(({ keyId, revoked }) => [keyId, revoked])),
    ...(typeof name === 'string' && name.trim() !== '' ? { name: shownName(name) } : {}),
  }
}

/** An issuer that stands in it twice. */
function ofBoth(one: ListedIssuer, other: ListedIssuer): ListedIssuer {
  const keys = new Map<string, IssuerKey>([...one.keys, ...other.keys].map(key => [key.id, key]))
  return { ...other, ...one, keys: [...keys.values()], revoked: { ...other.revoked, ...one.revoked } }
}

function directoryAddress(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= 300 ? issuerAddress(value) : undefined
}

function momentOf(value: unknown): Instant | undefined {
  const time = typeof value === 'string' && value.length <= 40 ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : instant(time)
}

export function directoryInfo({ source, madeAt, issuers }: IssuerDirectory): DirectoryInfo {
  const lists = issuers.flatMap(({ revoked }) => Object.values(revoked))
  return {
    source,
    madeAt,
    issuerCount: issuers.length,
    keyCount: new Set(issuers.flatMap(({ keys }) => keys.map(key => key.id))).size,
    revokedCount: lists.reduce((sum, list) => sum + list.length, 0),
  }
}

/** As it is kept under its `source`. */
export function storedDirectory({ madeAt, issuers }: IssuerDirectory): string {
  return JSON.stringify({ madeAt, issuers })
}

/** Undefined for what is damaged. */
export function readStoredDirectory(source: string, text: string): IssuerDirectory | undefined {
  const { madeAt, issuers } = parseObject(text)
  if (typeof madeAt !== 'number' || !Number.isInteger(madeAt) || Math.abs(madeAt) > 8.64e15) return undefined
  const listed = objectsOf(issuers).flatMap(each => {
    const { issuer, name } = each
    if (typeof issuer !== 'string') return []
    return [{ ...readStoredIssuer(issuer, each), ...(typeof name === 'string' ? { name } : {}) }]
  })
  return { source, madeAt: instant(madeAt), issuers: listed }
}
