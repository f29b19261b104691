import type { DeviceId, PrincipalId } from '#schema/ids.ts'
import type { EntryAuthor } from '#schema/record/entry.ts'
import type { Account } from '../home/account.ts'
import { PERSON_SHARD } from '../home/person-document.ts'
import type { AuthorNames, Writer } from '../record/authors.ts'
import {
  FORMER_GUARDIANS_SHARD,
  type FormerGuardiansDocument,
  readFormerGuardians,
} from '../kept/former-guardians-document.ts'
import {
  GUARDIANS_SHARD,
  type GuardiansDocument,
  type KnownGuardian,
  readGuardians,
} from '../kept/guardians-document.ts'
import { contactIdOf } from './contact-card.ts'
import { GIVEN_SHARD, type GivenDocument, readGiven } from './given-document.ts'
import { PEOPLE_SHARD, type PeopleDocument, readContactNames } from './people-document.ts'

/**
 * How who writes in one's own record, or in one that is kept, is called: one's devices by their names, guardians and managers as they
 * called themselves, others as they stand among the record's contacts.
 */
export async function ownAuthorNames(account: Account): Promise<AuthorNames> {
  const { home } = account.logs
  let contacts = await readContacts()
  let members = await readMembers()
  let guardians = await readGuardianDevices()
  let former = await readFormer()
  let { name: personName } = await home.person()

  async function readContacts() {
    return readContactNames(await home.log.read<PeopleDocument>(PEOPLE_SHARD))
  }

  async function readMembers(): Promise<ReadonlyMap<PrincipalId, string>> {
    const shares = readGiven(await home.log.read<GivenDocument>(GIVEN_SHARD))
    return new Map(
      shares.flatMap(({ principals, contact }) => principals.map(one => [one, contacts.get(contact) ?? ''] as const)),
    )
  }

  /** Who wrote in a record before it was taken over is named by their own idSign, and so as a contact. */
  function nameOf(principal: PrincipalId): string {
    return members.get(principal) ?? contacts.get(contactIdOf(principal)) ?? ''
  }

  async function readFormer() {
    return readFormerGuardians(await home.log.read<FormerGuardiansDocument>(FORMER_GUARDIANS_SHARD))
  }

  function otherAuthor(principal: PrincipalId): EntryAuthor {
    const [name, formerName] = [nameOf(principal), former.get(principal)]
    if (name === '' && formerName !== undefined) return { type: 'former-guardian', id: principal, name: formerName }
    return { type: 'member', id: principal, name }
  }

  function authorOf({ principal, device }: Writer): EntryAuthor {
    const { principal: owner, devices } = account.keyring
    if (principal !== owner) return otherAuthor(principal)
    const [me, writer] = [guardians.get(account.deviceId), device === undefined ? undefined : guardians.get(device)]
    if (me?.person !== writer?.person) return asOther(device, writer)
    const name = devices.find(one => one.deviceId === device)?.name
    return { type: 'you', ...(name === undefined ? {} : { device: name }) }
  }

  async function readGuardianDevices(): Promise<ReadonlyMap<DeviceId, KnownGuardian>> {
    const all = readGuardians(await home.log.read<GuardiansDocument>(GUARDIANS_SHARD))
    return new Map(all.map(guardian => [guardian.deviceId, guardian]))
  }

  /** Of a device of the record that is not of the person who reads. */
  function asOther(device: DeviceId | undefined, guardian: KnownGuardian | undefined): EntryAuthor {
    if (guardian !== undefined) return { type: 'member', id: guardian.person, name: guardian.name }
    return device === undefined ? { type: 'member', id: '', name: '' } : { type: 'owner', name: personName }
  }

  /** One person who keeps a record for somebody alone types all of it: nobody has to be told apart. */
  function actingDevices(): ReadonlySet<DeviceId> {
    const known = [...guardians.values()].filter(guardian => guardian.answer !== 'declined')
    const isOwnersToo = known.some(guardian => guardian.purpose === 'manager')
    const persons = new Set(known.map(guardian => guardian.person))
    return persons.size > 1 || isOwnersToo ? new Set(known.map(guardian => guardian.deviceId)) : new Set()
  }

  async function readAll(): Promise<void> {
    contacts = await readContacts()
    members = await readMembers()
    guardians = await readGuardianDevices()
    former = await readFormer()
    personName = (await home.person()).name
  }

  return {
    authorOf,
    actingDevices,
    subscribe(listener) {
      let isOver = false
      const look = () =>
        readAll().then(
          () => {
            if (!isOver) listener()
          },
          (cause: unknown) => {
            // A lock closes the log under what is being read.
            if (!isOver) throw cause
          },
        )
      const stops = [
        home.watch(PEOPLE_SHARD, () => void look()),
        home.watch(GIVEN_SHARD, () => void look()),
        home.watch(GUARDIANS_SHARD, () => void look()),
        home.watch(FORMER_GUARDIANS_SHARD, () => void look()),
        home.watch(PERSON_SHARD, () => void look()),
        account.watchKeyring(() => isOver || listener()),
      ]
      return () => {
        isOver = true
        for (const stop of stops) stop()
      }
    },
  }
}
