import { PrincipalId } from '#schema/ids.ts'
import type { KnownConversation } from '../messages/conversation-book.ts'
import type { FileDesk } from '../messages/files/file-desk.ts'
import type { Reach } from '../messages/marks.ts'
import { isYou } from '../messages/shown-threads.ts'
import type { ConversationContent, Thread } from '../messages/thread-content.ts'
import type { LogAuthors } from '../record/authors.ts'
import type { DocMap } from '../record/flat-fields.ts'
import type { Sharing } from '../sharing/sharing.ts'
import { shownName } from '../shown-name.ts'
import type { OpenVault } from '../vault/open-vault.ts'
import type { CircleContent } from './circle-content.ts'
import {
  CIRCLE_SHARD,
  dealtWithIn,
  hasSeenModerating,
  hasSeenOver,
  hiddenIn,
  invitedForIn,
  isMutedIn,
  seenIn,
} from './circle-document.ts'
import { toldApart } from './told-apart.ts'
import { rosterIn } from './who-is-in.ts'

export type Said = Thread['messages'][number]

/** All that is needed to show a circle to whoever looks. */
export interface CircleSight {
  readonly known: KnownConversation
  readonly content: ConversationContent
  readonly circle: CircleContent
  /** Whom its owner names, or their shares do, by now. */
  readonly present: ReadonlyMap<PrincipalId, string>
  readonly isOwner: (by: PrincipalId) => boolean
  /** With which they write. */
  readonly me: PrincipalId
  /** How each person chose to be called, and how they stand on every screen: of two alike, one with a number. */
  readonly chosen: ReadonlyMap<string, string>
  readonly names: ReadonlyMap<string, string>
  readonly hidden: ReadonlySet<string>
  readonly dealtWith: ReadonlySet<string>
  /** How far they have looked: at the list of posts, and by post at its comments. */
  readonly seen: ReadonlyMap<string, Reach>
  readonly hasSeenOver: boolean
  readonly hasSeenModerating: boolean
  readonly isMuted: boolean
  readonly invitedFor: Readonly<Record<string, string>>
  readonly isWaiting: (said: Said) => boolean
}

interface Seen {
  readonly known: KnownConversation
  readonly content: ConversationContent
  readonly circle: CircleContent
  readonly authors: LogAuthors
  readonly vault: OpenVault
  readonly sharing: Sharing
  readonly files: FileDesk
}

export async function circleSight({
  known,
  content,
  circle,
  authors,
  vault,
  sharing,
  files,
}: Seen): Promise<CircleSight> {
  const { conversation } = known
  const own = await vault.account.logs.home.log.read<DocMap>(CIRCLE_SHARD)
  const sent = await conversation.sent()
  const { present, since } = await rosterIn(sharing, known, circle)
  // Who said nothing yet is among those whom its owner names, also once they are removed.
  const named = [...present.keys(), ...since].find(id => isYou(known.authorOf(id)))
  const principal = authors.writerOf(conversation.mine)?.principal ?? named ?? vault.account.keyring.principal
  const who = {
    known,
    circle,
    present,
    me: circle.personOf(principal),
    isOwner: (by: PrincipalId) => authors.isOwner(by),
  }
  return {
    ...who,
    content,
    ...namesIn(who, since),
    hidden: hiddenIn(own),
    seen: seenIn(own),
    hasSeenOver: hasSeenOver(own),
    hasSeenModerating: hasSeenModerating(own),
    isMuted: isMutedIn(own),
    invitedFor: invitedForIn(own),
    dealtWith: dealtWithIn(own),
    isWaiting: ({ journal, number, item }) =>
      (journal === conversation.mine && number > sent) ||
      item.files?.some(({ id }) => files.isWaiting(conversation.log.id, id)) === true,
  }
}

type Who = Pick<CircleSight, 'known' | 'circle' | 'present' | 'isOwner' | 'me'>

export function isGone({ circle, present, isOwner, me }: Omit<Who, 'known'>, id: PrincipalId): boolean {
  return circle.removed.has(id) || (!isOwner(id) && id !== me && !present.has(id))
}

function namesIn(who: Who, since: readonly PrincipalId[]): Pick<CircleSight, 'chosen' | 'names'> {
  const { known, circle, present, isOwner, me } = who
  const chosenBy = (id: PrincipalId) => {
    const author = known.authorOf(id)
    const name = circle.profiles.get(id)?.name ?? present.get(id) ?? ('name' in author ? author.name : '')
    return name === '' ? name : shownName(name)
  }
  const ids = new Set([...circle.writers, ...present.keys(), me])
  const people = [...ids].map(id => ({ id, name: chosenBy(id), isGone: isGone(who, id) }))
  return {
    chosen: new Map(people.map(({ id, name }) => [id, name])),
    names: toldApart(people, [...[...ids].filter(isOwner), ...since]),
  }
}
