import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { idBytes } from '#schema/ids.ts'
import type { EntryId } from '#schema/record/entry.ts'
import type { LogSection } from '#schema/record/sections.ts'
import { fail, type Result } from '#schema/result.ts'
import { identityOf } from '../home/account-row.ts'
import type { Account } from '../home/account.ts'
import { makeEpochKey, seedOf } from '../home/create-account.ts'
import { KEYRING_SHARD, type KeyringDocument, putClosed, putLog } from '../home/keyring-document.ts'
import { createSealedLog, makeGenesis } from '../log/create-log.ts'
import type { Members, PreparedWrite, SealedLog } from '../log/sealed-log.ts'
import type { ByteStore, Clock, Random, StoreFailure } from '../ports.ts'
import { authorsIn } from '../record/authors.ts'
import { headsText } from '../record/carry-over.ts'
import { holdsEntries, placeInLog, placeOf, privateShard, shardOf } from '../record/entry-place.ts'
import type { DocMap } from '../record/flat-fields.ts'
import type { RecordService } from '../record/open-record.ts'
import { carriedLinks, rebaseLinks, SAME_LABEL } from '../record/same-links.ts'
import { entryIn } from '../record/stored-entry.ts'
import { importsIn, IMPORTS_LABEL } from '../record/stored-imports.ts'
import { heldPrivate } from './held-feeds.ts'
import { leftOutOf } from './private-places.ts'
import { GIVEN_SHARD, type GivenDocument } from './given-document.ts'
import { MEMBERS_LABEL, type MembersDocument, putMemberNames, readMemberNames } from './member-names.ts'
import { putRebased, REBASED_LABEL, rebasedIn, type RebasedDocument } from './rebased-document.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface RebaseSectionDeps {
  readonly account: Account
  readonly store: ByteStore
  readonly clock: Clock
  readonly random: Random
  readonly localKey: Bytes
  readonly record: () => RecordService | undefined
  readonly commit: (prepared: readonly PreparedWrite[]) => Promise<Result<void, StoreFailure>>
}

/** Something was written while the new log was made: so often it is made again. */
const TRIES = 5

/** Whether whoever gets all keys of the section's log could read what it doesn't say any more. */
export async function sectionHasPast(deps: RebaseSectionDeps, log: SealedLog): Promise<boolean> {
  // Frames of somebody removed are kept and can be read.
  if (log.quarantine().length > 0) return true
  const { hasPast } = await import('../record/rebase-shard.ts')
  const hidden = await hiddenImports(deps.account)
  for (const { label } of log.shards()) {
    if (label !== REBASED_LABEL && hasPast(label, await log.read<DocMap>(label), hidden)) return true
  }
  return false
}

/**
 * The section goes on in a new log that says what is so now and has no past, with `members` in its first EPOCH. `alsoChange` goes into
 * the same transaction. The old log stays for what comes late (decision 0011). `from`: the log before the current one, which is closed: it
 * never came whole.
 */
export async function rebaseSection(
  deps: RebaseSectionDeps,
  section: LogSection,
  members: () => Promise<Members>,
  alsoChange: (doc: GivenDocument) => void,
  from?: SealedLog,
): Promise<Result<void, StoreFailure>> {
  for (let tries = 0; tries < TRIES; tries++) {
    const current = deps.account.logs.sections.get(section)
    const old = from ?? current
    if (old === undefined) throw new Error('Cannot begin a section anew: it has no log')
    await deps.record()?.idle()
    const wanted = await members()
    const made = await makeLog(deps, section, old, wanted)
    // Another device may have ended a share since, and written what was read after it.
    const isSame = membersText(await members()) === membersText(wanted)
    const isStill = isSame && !old.hasPending && headsOf(old) === made.heads
    if (!isStill) {
      made.log.dispose()
      continue
    }
    const stored = await deps.account.adopt(made.log, () =>
      store(deps, section, { old, ...(from && current ? { closed: current } : {}) }, made, alsoChange),
    )
    if (!stored.ok) made.log.dispose()
    return stored
  }
  return fail('aborted')
}

type Made = Awaited<ReturnType<typeof makeLog>>

async function makeLog(
  { account, store: disk, clock, random, localKey }: RebaseSectionDeps,
  section: LogSection,
  old: SealedLog,
  members: Members,
) {
  const { rebasePlain, rebaseShard } = await import('../record/rebase-shard.ts')
  const [owner, epoch] = [makeSigningKey(), makeEpochKey()]
  const genesis = makeGenesis('section', owner, randomBytes(16), idBytes(account.keyring.principal))
  const logDeps = { store: disk, clock, random, localKey, identity: identityOf(account.row) }
  const { log, write } = await createSealedLog(logDeps, genesis.bytes, epoch, [], members)
  const heads = headsOf(old)
  const deps = { actor: log.actor(), hiddenImports: await hiddenImports(account), authors: authorsIn(old) }
  const without = section === 'private' ? undefined : await heldPrivate(account)
  const { names } = await leftOutOf(account.logs.sections.get('private'), section)
  // What was in the one before when that began anew is in this one too.
  const handled = new Map((await rebasedIn(old))?.heads)
  const answers: { readonly label: string; readonly doc: DocMap }[] = []
  const writers = new Set(members.grants.map(({ principal }) => principal))
  for (const shard of old.shards()) {
    if (shard.label === REBASED_LABEL) continue
    handled.set(`${old.id}/${shard.label}`, headsText(shard.heads))
    const doc = await old.read<DocMap>(shard.label)
    const label = shardOf(section, shard.label)?.label ?? shard.label
    if (holdsEntries(label)) {
      const leftOut = names.get(shard.label) ?? new Set()
      const { save, writers: ofShard } = rebaseShard(label, doc, { ...deps, leftOut })
      await log.putShard(shard.label, save)
      for (const writer of ofShard) writers.add(writer)
    } else if (label === SAME_LABEL) answers.push({ label: shard.label, doc: carriedLinks(doc, deps.authors) })
    else if (label !== MEMBERS_LABEL) await log.putShard(shard.label, rebasePlain(doc, deps.actor))
    old.close(shard.label)
  }
  for (const { label, doc } of answers) {
    const save = await rebaseLinks(doc, deps.actor, id => holdsEntry(log, section, id))
    if (save !== undefined) await log.putShard(label, save)
  }
  const known = readMemberNames(await old.read<DocMap>(MEMBERS_LABEL), deps.authors)
  const stillNamed = new Map([...known].filter(([principal]) => writers.has(principal)))
  if (stillNamed.size > 0) await log.change<MembersDocument>(MEMBERS_LABEL, doc => putMemberNames(doc, stillNamed))
  await log.change<RebasedDocument>(REBASED_LABEL, doc => putRebased(doc, old.id, handled))
  return { log, write, owner, epoch, genesis, heads, without }
}

/** Whether a log of this section has the entry. */
async function holdsEntry(log: SealedLog, section: LogSection, id: EntryId): Promise<boolean> {
  const place = placeOf(id)
  if (place === undefined) return false
  const { label } = placeInLog(section === 'private' ? privateShard(place) : place)
  const doc = await log.read<DocMap>(label)
  return entryIn(place.label, doc, place.bucket, place.key) !== undefined
}

async function store(
  { account, clock, commit }: RebaseSectionDeps,
  section: LogSection,
  { old, closed }: { readonly old: SealedLog; readonly closed?: SealedLog },
  { log, write, owner, epoch, genesis, without }: Made,
  alsoChange: (doc: GivenDocument) => void,
): Promise<Result<void, StoreFailure>> {
  const home = account.logs.home.log
  const notedUnder = home.currentKeyId()
  await home.change<KeyringDocument>(KEYRING_SHARD, doc => {
    putLog(doc, {
      logId: log.id,
      genesis: genesis.bytes,
      section,
      rebasedFrom: old.id,
      begunAt: clock.now(),
      begunBy: account.deviceId,
      ...(without === undefined ? {} : { begunWithout: without }),
      epochSecret: epoch.secret,
      epochKeyId: epoch.keyId,
      ...(notedUnder === undefined ? {} : { notedUnder }),
      owner: { number: 0, seed: seedOf(owner), publicKey: owner.publicKey },
    })
    if (closed !== undefined) putClosed(doc, closed.id, clock.now())
  })
  await home.change<GivenDocument>(GIVEN_SHARD, alsoChange)
  const content = await log.prepare()
  const keyring = await home.prepare()
  const prepared = [write, content, keyring].filter(one => one !== undefined && one !== 'no-key')
  if (content !== 'no-key' && keyring !== 'no-key') return commit(prepared)
  for (const one of prepared) await one.refused()
  return fail('no-key')
}

function membersText({ grants, readers }: Members): string {
  const texts = [
    ...grants.map(({ principal, role }) => `${principal} ${role}`),
    ...readers.map(({ kemPublicKey, notAfter }) => `${toHex(kemPublicKey)} ${notAfter}`),
  ]
  return texts.toSorted().join('\n')
}

function headsOf(log: SealedLog): string {
  return log
    .shards()
    .map(({ label, heads }) => `${label} ${headsText(heads)}`)
    .toSorted()
    .join('\n')
}

/** Imports that were taken back. */
export async function hiddenImports(account: Account): Promise<ReadonlySet<string>> {
  const log = account.logs.sections.get('other')
  const doc = log === undefined ? {} : await log.read<DocMap>(IMPORTS_LABEL)
  return new Set(importsIn(doc).flatMap(each => (each.undoneAt === undefined ? [] : [each.importId])))
}
