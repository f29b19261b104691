import { fail, ok, type Result } from '#schema/result.ts'
import { isConversation, type LogSection } from '#schema/record/sections.ts'
import { beginRotation } from '../devices/rotation.ts'
import type { Account } from '../home/account.ts'
import type { Clock, StoreFailure } from '../ports.ts'
import type { GivenShares } from '../sharing/given-shares.ts'
import { isDoubted } from '../sharing/people-document.ts'
import type { Step } from '../sharing/clerk.ts'
import type { PostOffice } from '../sharing/post-office.ts'
import type { OpenVault } from '../vault/open-vault.ts'
import { leftOutOf } from '../sharing/private-places.ts'
import { bringLate, bringSection } from './bring-over.ts'
import {
  FORMER_GUARDIANS_SHARD,
  type FormerGuardiansDocument,
  putFormerGuardians,
} from './former-guardians-document.ts'
import { GUARDIANS_SHARD, type GuardiansDocument, type KnownGuardian, readGuardians } from './guardians-document.ts'
import { changePlan, planOf, putTaken } from './hand-over-document.ts'
import { endKept, putBrought, putCarried, putGivenTerm } from './kept-changes.ts'
import { type KeptDocument, type KnownKept } from './kept-document.ts'

export interface TakeOverDeps {
  /** Of whom the record is about. */
  readonly own: OpenVault
  /** The kept record's, open here with a device of this person's. */
  readonly account: Account
  readonly office: PostOffice
  readonly given: GivenShares
  readonly clock: Clock
  readonly change: (edit: (doc: KeptDocument) => void) => Promise<Result<void, StoreFailure>>
}

/** Brings a record that was handed over into this person's own, as far as relay and disk let it. Every step asks first what is true already. */
export async function takeOver(deps: TakeOverDeps, kept: KnownKept): Step {
  const { account } = deps
  if (kept.isBrought) return deleteOld(deps, kept)
  const level = await account.settle()
  if (!level.ok) return level
  const steps = [
    () => noteTaken(deps),
    () => bringAll(deps, kept),
    () => giveTerms(deps, kept),
    () => removeOthers(deps),
  ]
  for (const step of steps) {
    const done = await step()
    if (!done.ok) return done
  }
  return isAlone(account) ? finish(deps, kept) : ok(undefined)
}

/** Guardians' apps only read from now on. */
async function noteTaken({ own, account, clock }: TakeOverDeps): Step {
  const plan = await planOf(account)
  if (plan?.takenAt !== undefined) return ok(undefined)
  const { principal } = own.account.keyring
  const taker = { person: principal, name: own.about.person.name, at: clock.now(), by: account.deviceId }
  const noted = await changePlan(account, doc => putTaken(doc, taker))
  return noted.ok ? account.settle() : notStored(noted.failure)
}

async function bringAll({ own, account, change }: TakeOverDeps, kept: KnownKept): Step {
  const carried: Record<string, string> = {}
  const known = await guardiansOf(account)
  const named = await nameFormer(own, kept, known)
  if (!named.ok) return notStored(named.failure)
  const guardians = { record: kept.principal, personOf: new Map(known.map(one => [one.deviceId, one.person])) }
  for (const [section, theirs] of account.logs.sections) {
    // Of a record that is kept for somebody nobody converses.
    if (isConversation(section)) continue
    const ours = own.account.logs.sections.get(section)
    const leftOut = await privateOf(account, section)
    // Nothing is given up before everything has a place.
    if (ours === undefined) return fail({ kind: 'unreachable' })
    const brought = await bringSection(theirs, ours, kept.carried, guardians, leftOut)
    if (!brought.ok) return notStored(brought.failure)
    Object.assign(carried, brought.value)
  }
  if (Object.keys(carried).length === 0) return ok(undefined)
  // Another device of this person's that hears of it must find it: this one may be lost tomorrow.
  const settled = await own.account.settle()
  if (!settled.ok) return settled
  const noted = await change(doc => putCarried(doc, kept.id, carried))
  return noted.ok ? ok(undefined) : notStored(noted.failure)
}

async function guardiansOf({ logs }: Account): Promise<readonly KnownGuardian[]> {
  return readGuardians(await logs.home.log.read<GuardiansDocument>(GUARDIANS_SHARD))
}

/** Whoever typed in it and is no contact of the taker's is called as in the record itself, which will be gone. */
async function nameFormer(
  { account: { keyring, logs } }: OpenVault,
  kept: KnownKept,
  known: readonly KnownGuardian[],
): Promise<Result<void, StoreFailure>> {
  const others = known.filter(one => one.purpose === 'guardian' && one.person !== keyring.principal)
  const names = new Map(others.map(one => [one.person, one.name]))
  // What was typed with a device of which nobody said whose it is stands under the record's own name.
  names.set(kept.principal, '')
  await logs.home.log.change<FormerGuardiansDocument>(FORMER_GUARDIANS_SHARD, doc => putFormerGuardians(doc, names))
  return logs.home.log.flush()
}

/** Somebody may have that section of the taker's own already: what is private goes into the private log only. */
async function privateOf({ logs }: Account, section: LogSection): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  return section === 'private' ? new Map() : (await leftOutOf(logs.sections.get('private'), section)).names
}

/** What was agreed, to those guardians whom this person knows. */
async function giveTerms({ office, given, change }: TakeOverDeps, kept: KnownKept): Step {
  const { contacts } = await office.book()
  for (const term of kept.terms.filter(one => !kept.givenTerms.has(one.guardian))) {
    const contact = contacts.find(one => one.card.idSign === term.guardian)
    if (contact === undefined || contact.via !== undefined || contact.changedCard !== undefined) continue
    if (isDoubted(contact)) continue
    const has = (await given.shares()).some(share => share.contact === contact.id && share.endedBy === undefined)
    if (!has && term.until > office.now()) {
      const { role, sections, until } = term
      const createdAt = office.now()
      const begun = await given.begin({ contact: contact.id, role, sections, until, createdAt, withHistory: false })
      if (!begun.ok) return notStored(begun.failure)
    }
    const noted = await change(doc => putGivenTerm(doc, kept.id, term.guardian))
    if (!noted.ok) return notStored(noted.failure)
  }
  return ok(undefined)
}

/** The commit point: from here on guardians get nothing more. The rotation is carried on by itself. */
async function removeOthers({ account, clock }: TakeOverDeps): Step {
  const others = account.keyring.devices.filter(one => one.removedAt === undefined && one.deviceId !== account.deviceId)
  if (others.length === 0) return ok(undefined)
  const removes = others.map(one => one.deviceId)
  const begun = await beginRotation(account.logs.home, clock, account.deviceId, removes)
  return begun.ok ? ok(undefined) : notStored(begun.failure)
}

function isAlone({ keyring, deviceId }: Account): boolean {
  const staying = keyring.devices.filter(device => device.removedAt === undefined)
  return staying.every(device => device.deviceId === deviceId) && keyring.rotations.every(rotation => rotation.isDone)
}

/** What reached the old logs meanwhile comes too; then nobody needs them. */
async function finish(deps: TakeOverDeps, kept: KnownKept): Step {
  const { own, account, change } = deps
  for (const [section, theirs] of account.logs.sections) {
    if (isConversation(section)) continue
    const ours = own.account.logs.sections.get(section)
    const late = ours === undefined ? ok(undefined) : await bringLate(theirs, ours, await privateOf(account, section))
    if (!late.ok) return notStored(late.failure)
  }
  // From here on the relay may have lost what would be asked for.
  const noted = await change(doc => putBrought(doc, kept.id))
  if (!noted.ok) return notStored(noted.failure)
  const settled = await own.account.settle()
  return settled.ok ? deleteOld(deps, kept) : settled
}

async function deleteOld({ account, change }: TakeOverDeps, kept: KnownKept): Step {
  account.engine?.stop()
  for (const log of account.allLogs().toReversed()) {
    const deleted = await account.client.deleteLog(log.id)
    if (!deleted.ok && deleted.failure.kind !== 'refused') return deleted
  }
  const ended = await change(doc => endKept(doc, kept.id, 'taken-over'))
  return ended.ok ? ok(undefined) : notStored(ended.failure)
}

function notStored(why: StoreFailure): Awaited<Step> {
  return fail({ kind: 'not-stored', why })
}
