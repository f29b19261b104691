import type { Instant } from '#schema/instant.ts'
import type { HomeLog } from '../home/home-log.ts'
import type { Members, SealedLog } from '../log/sealed-log.ts'
import { isMember } from './log-readers.ts'
import { membersOf } from './due-epoch.ts'
import { GIVEN_SHARD, type GivenDocument, readGiven } from './given-document.ts'
import { PEOPLE_SHARD, type PeopleDocument, readPeople } from './people-document.ts'

/** Of a log: to whom, by shares that go on at `now`, an EPOCH is sealed that changes nothing for them. */
export async function stayingMembers(home: HomeLog, now: Instant): Promise<(log: SealedLog) => Members> {
  const shares = readGiven(await home.log.read<GivenDocument>(GIVEN_SHARD))
  const { contacts } = readPeople(await home.log.read<PeopleDocument>(PEOPLE_SHARD))
  const going = shares.flatMap(share => {
    const contact = contacts.find(one => one.id === share.contact)
    const isOver = share.endedBy !== undefined || now >= share.until
    return contact === undefined || isOver ? [] : [{ share, kemPublicKey: contact.card.shareKem }]
  })
  return log => {
    const members = going.filter(({ share }) => isMember(share, log))
    const wanted = members.map(({ share: { principal, role, until }, kemPublicKey }) => {
      return { principal, role, until, kemPublicKey }
    })
    return { ...membersOf(wanted), grants: [] }
  }
}
