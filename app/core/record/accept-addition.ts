import * as A from '@automerge/automerge/slim'
import type { PrincipalId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import type { EntryFields, EntryId } from '#schema/record/entry.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { SaveFailure } from '../session.ts'
import { MEMBERS_LABEL, type MembersDocument, putMemberNames } from '../sharing/member-names.ts'
import { AUTHOR_PREFIX, authorText, changerName, changerText } from './authors.ts'
import { bytesOfCommand } from './command-names.ts'
import type { ActDeps } from './entry-acts.ts'
import { type EntryPlace, entryIdOf, placeOf, privateShard } from './entry-place.ts'
import { changedAt, type DocMap } from './flat-fields.ts'
import { isReading, makeNewPlaces } from './new-places.ts'
import { addHandMade, addReading, changedFields, entryIn, setFields } from './stored-entry.ts'
import { typedFields } from './typed-fields.ts'

/** What somebody else wrote and the person whose record it is has accepted (decision 52). */
export interface AcceptedAddition {
  /** Names it: accepted on two devices it is there once. */
  readonly name: string
  readonly fields: EntryFields
  /** The person's own entry that is to say this from now on; a new one where it is not there. */
  readonly changes?: string
  readonly by: PrincipalId
  /** As the person calls them: for those who read the section too. */
  readonly byName: string
  readonly acceptedAt: Instant
  /** By itself, as the person wants it of who wrote it. */
  readonly isUnasked?: true
}

export type AcceptAddition = (addition: AcceptedAddition) => Promise<Result<EntryId, SaveFailure>>

/** Done twice it changes nothing, whoever of the person's devices does it. Durable when it answers ok. */
export function makeAcceptAddition(deps: ActDeps): AcceptAddition {
  const { keeper, saver, shards } = deps
  const places = makeNewPlaces(deps)

  const found = async (place: EntryPlace) => entryIn(place.label, await shards.read(place), place.bucket, place.key)

  /** Of an entry's two places the one that counts. */
  async function placeNow(id: string): Promise<EntryPlace | undefined> {
    const place = placeOf(id)
    if (place === undefined) return undefined
    await keeper.ready(place)
    await keeper.ready(privateShard(place))
    return keeper.index.isPrivate(id as EntryId) ? { ...place, isPrivate: true } : place
  }

  async function save(place: EntryPlace, byName: AcceptedAddition, change: (doc: DocMap) => void) {
    return keeper.during([place], async (): Promise<Result<EntryId, SaveFailure>> => {
      const saved = await saver.save(async write => {
        await write(place, change)
        // Whoever reads the section is told by whom it is, as the owner calls them; of what is private nobody is.
        if (place.isPrivate !== true) await write({ section: place.section, label: MEMBERS_LABEL }, nameIn(byName))
      })
      if (saved.ok) await keeper.refreshEntries(place, [place])
      else keeper.markStale(place)
      return saved.ok ? ok(entryIdOf(place)) : fail({ kind: 'not-stored', why: saved.failure })
    })
  }

  async function add(addition: AcceptedAddition): Promise<Result<EntryId, SaveFailure>> {
    const { name, fields, by, acceptedAt, isUnasked } = addition
    const place = places.common(fields, bytesOfCommand(name, 0))
    await keeper.ready(place)
    if ((await found(place)) !== undefined) return ok(entryIdOf(place))
    return save(place, addition, doc => {
      if (isReading(fields)) addReading(doc, place.bucket, place.key, fields, acceptedAt)
      else addHandMade(doc, place.bucket, place.key, fields, acceptedAt)
      const author = authorText({ principal: by, acceptedAt, ...(isUnasked && { isUnasked }) })
      doc[`${AUTHOR_PREFIX}${place.bucket}.${place.key}`] = new A.ImmutableString(author)
    })
  }

  /** Undefined where the entry is none of that kind any more. */
  async function change(id: string, addition: AcceptedAddition): Promise<Result<EntryId, SaveFailure> | undefined> {
    const place = await placeNow(id)
    const entry = place && (await found(place))
    const row = keeper.index.get(id as EntryId)
    const { fields, by, acceptedAt } = addition
    if (place === undefined || entry === undefined || row?.summary.kind !== fields.kind) return undefined
    if (row.binnedAt !== undefined) return undefined
    // Another device did so, or the person changed it since.
    if ((changedAt(entry.spot) ?? -Infinity) >= acceptedAt) return ok(entryIdOf(place))
    const values = changedFields(typedFields(place.label, entry)?.fields ?? new Map(), fields)
    return save(place, addition, doc => {
      setFields(doc, entry, fields.kind, values, acceptedAt)
      doc[changerName(place)] = new A.ImmutableString(changerText(by, acceptedAt))
    })
  }

  return async addition => {
    const changed = addition.changes === undefined ? undefined : await change(addition.changes, addition)
    return changed ?? add(addition)
  }
}

const nameIn =
  ({ by, byName }: AcceptedAddition) =>
  (doc: DocMap) =>
    putMemberNames(doc as MembersDocument, new Map([[by, byName]]))
