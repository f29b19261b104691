import type { DeviceId, PrincipalId } from '#schema/ids.ts'
import type { EntryAuthor } from '#schema/record/entry.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { authorsIn, type AuthorNames, type Writer } from '../record/authors.ts'
import type { DocMap } from '../record/flat-fields.ts'
import { MEMBERS_LABEL, readMemberNames } from './member-names.ts'

export interface SharedAuthorsDeps {
  readonly logs: Iterable<SealedLog>
  /** The principals of this person, in all that was ever shared with them by the same owner. */
  readonly mine: ReadonlySet<PrincipalId>
  /** As the record calls itself. */
  readonly recordName: string
}

/** Whose device of its owner's wrote is not for others to know. */
const NO_DEVICES: ReadonlySet<DeviceId> = new Set()

/** How who writes in somebody else's record is called: as its owner calls them there. */
export async function sharedAuthorNames(deps: SharedAuthorsDeps): Promise<AuthorNames> {
  const logs = [...deps.logs]
  let members = await readMembers()

  async function readMembers(): Promise<ReadonlyMap<PrincipalId, string>> {
    const lists = logs.map(async log => readMemberNames(await log.read<DocMap>(MEMBERS_LABEL), authorsIn(log)))
    return new Map((await Promise.all(lists)).flatMap(list => [...list]))
  }

  function isOwner(principal: PrincipalId): boolean {
    const [log] = logs
    return log !== undefined && authorsIn(log).isOwner(principal)
  }

  function authorOf({ principal }: Writer): EntryAuthor {
    if (deps.mine.has(principal)) return { type: 'you' }
    if (isOwner(principal)) return { type: 'owner', name: deps.recordName }
    return { type: 'member', id: principal, name: members.get(principal) ?? '' }
  }

  return {
    authorOf,
    actingDevices: () => NO_DEVICES,
    subscribe(listener) {
      let isOver = false
      const look = async () => {
        try {
          members = await readMembers()
          if (!isOver) listener()
        } catch (cause) {
          // A lock closes the logs under what is being read.
          if (!isOver) throw cause
        }
      }
      const stops = logs.map(log =>
        log.subscribe(event => void (event.kind === 'documents' && event.labels.includes(MEMBERS_LABEL) && look())),
      )
      return () => {
        isOver = true
        for (const stop of stops) stop()
      }
    },
  }
}
