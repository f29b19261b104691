import type { PrincipalId } from '#schema/ids.ts'
import type { EntryAuthor } from '#schema/record/entry.ts'
import type { Account } from '../home/account.ts'
import type { AuthorNames, Writer } from '../record/authors.ts'
import { GIVEN_SHARD, type GivenDocument, readGiven } from './given-document.ts'
import { PEOPLE_SHARD, type PeopleDocument, readPeople } from './people-document.ts'

/** How who writes in one's own record is called: one's devices by their names, others as they stand among one's contacts. */
export async function ownAuthorNames(account: Account): Promise<AuthorNames> {
  const { home } = account.logs
  let members = await readMembers()

  async function readMembers(): Promise<ReadonlyMap<PrincipalId, string>> {
    const { contacts, removed } = readPeople(await home.log.read<PeopleDocument>(PEOPLE_SHARD))
    const names = new Map([...removed, ...contacts].map(({ id, name }) => [id, name]))
    const shares = readGiven(await home.log.read<GivenDocument>(GIVEN_SHARD))
    return new Map(shares.map(({ principal, contact }) => [principal, names.get(contact) ?? '']))
  }

  function authorOf({ principal, device }: Writer): EntryAuthor {
    const { principal: me, devices } = account.keyring
    if (principal !== me) return { type: 'member', id: principal, name: members.get(principal) ?? '' }
    const name = devices.find(one => one.deviceId === device)?.name
    return { type: 'you', ...(name === undefined ? {} : { device: name }) }
  }

  return {
    authorOf,
    subscribe(listener) {
      let isOver = false
      const look = () =>
        readMembers().then(
          next => {
            members = next
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
        account.watchKeyring(() => isOver || listener()),
      ]
      return () => {
        isOver = true
        for (const stop of stops) stop()
      }
    },
  }
}
