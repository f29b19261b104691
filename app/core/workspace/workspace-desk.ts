import type { Instant } from '#schema/instant.ts'
import { type ItemContent, MAX_FREE_TIMES, MAX_SUBJECT_CHARS, type OfferedTime } from '#schema/messages/item.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { slotTime } from '../home/free-slots.ts'
import { FREE_SLOTS_SHARD } from '../home/home-log.ts'
import { LiveView } from '../live-view.ts'
import type { KnownConversation } from '../messages/conversation-book.ts'
import type { Conversations } from '../messages/conversations.ts'
import { aboutOf } from '../messages/shown-threads.ts'
import type { Clock } from '../ports.ts'
import type { FreeSlot } from '../request-session.ts'
import type { PeopleDesk } from '../sharing/people-desk.ts'
import type { SaveFailure, Stop } from '../session.ts'
import type { VaultSlot } from '../vault/open-vault.ts'
import type { Template, Workspace, WorkspaceSession } from '../workspace-session.ts'
import {
  dropTemplate,
  isTemplate,
  putShowsFreeTimes,
  putTemplate,
  putTimes,
  readTemplates,
  readTimes,
  showsFreeTimes,
  WORKSPACE_SHARD,
  type WorkspaceDocument,
} from './workspace-document.ts'

type Saved = Promise<Result<void, SaveFailure>>

const NOTHING: Workspace = { templates: [], answerTimes: '', showsFreeTimes: false }
/** A conversation that was begun is told so soon after. */
const SAY_MS = 500

/** What somebody keeps who looks after patients, and what of it is said in their conversations. */
export class WorkspaceDesk implements WorkspaceSession {
  readonly #clock: Clock
  readonly #slot: VaultSlot
  readonly #conversations: Conversations
  readonly #people: PeopleDesk
  /** This person's free times, with whoever has them. */
  readonly #free: () => Promise<readonly FreeSlot[]>
  readonly #view: LiveView<Workspace>
  #cancel: (() => void) | undefined
  #saying: Promise<void> = Promise.resolve()

  constructor(
    clock: Clock,
    slot: VaultSlot,
    conversations: Conversations,
    people: PeopleDesk,
    free: () => Promise<readonly FreeSlot[]>,
  ) {
    this.#free = free
    this.#people = people
    people.onSharing(() => this.#view.changed())
    this.#clock = clock
    this.#slot = slot
    this.#conversations = conversations
    this.#view = new LiveView(
      NOTHING,
      () => conversations.source,
      async () => {
        const doc = await this.#read()
        const pending = await this.#pending()
        return {
          templates: readTemplates(doc),
          answerTimes: readTimes(doc)?.text ?? '',
          showsFreeTimes: showsFreeTimes(doc) ?? false,
          ...(pending.length > 0 && { pending }),
        }
      },
    )
    conversations.onChange(() => this.#saySoon())
    slot.onOpen(({ account }) => {
      const stops = [
        account.logs.home.watch(WORKSPACE_SHARD, () => {
          this.#view.changed()
          this.#saySoon()
        }),
        account.logs.home.watch(FREE_SLOTS_SHARD, () => this.#saySoon()),
      ]
      this.#view.changed()
      return () => {
        for (const stop of stops) stop()
        this.#cancel?.()
        this.#cancel = undefined
        this.#view.changed()
      }
    })
  }

  watchWorkspace(listener: (workspace: Workspace) => void): Promise<Stop> {
    return this.#view.watch(listener)
  }

  async saveTemplate(template: Template): Saved {
    if (!isTemplate(template)) return fail({ kind: 'invalid', field: 'text' })
    return this.#change(doc => putTemplate(doc, template))
  }

  async removeTemplate(id: string): Saved {
    return this.#change(doc => dropTemplate(doc, id))
  }

  async sayAnswerTimesEverywhere(text: string): Saved {
    if (text.length > MAX_SUBJECT_CHARS) return fail({ kind: 'invalid', field: 'text' })
    return this.#change(doc => putTimes(doc, text, this.#clock.now()))
  }

  async showFreeTimes(isOn: boolean): Saved {
    return this.#change(doc => putShowsFreeTimes(doc, isOn))
  }

  /** The newest seed of what they share came before this account's own key was replaced. */
  async #pending(): Promise<readonly string[]> {
    const [account, { sharing }] = [this.#slot.open?.account, this.#people]
    const replacedAt = account?.keyring.formerShareKems[0]?.until
    if (replacedAt === undefined || sharing === undefined) return []
    const { contacts } = await sharing.office.book()
    const waiting = (await sharing.received.grants()).filter(
      grant => grant.endedBy === undefined && grant.isAccepted && grant.seededAt < replacedAt,
    )
    const names = contacts.flatMap(({ id, name }) => (waiting.some(({ contact }) => contact === id) ? name : []))
    return names.toSorted((a, b) => a.localeCompare(b))
  }

  #saySoon(): void {
    this.#cancel ??= this.#clock.after(SAY_MS, () => {
      this.#cancel = undefined
      const { open } = this.#slot
      this.#saying = this.#saying
        .then(() => this.#say())
        .catch((cause: unknown) => {
          // A lock closes the logs under it.
          if (this.#slot.open === open) throw cause
        })
    })
  }

  async #say(): Promise<void> {
    const doc = await this.#read()
    const [times, areShown] = [readTimes(doc), showsFreeTimes(doc)]
    // Most people look after nobody: their conversations are not read for this.
    if (times === undefined && areShown === undefined) return
    const free = areShown ? await this.#freeTimes() : []
    for (const known of await this.#conversations.all()) {
      if (known.noReply !== undefined || !(await isTheirCare(known))) continue
      const said: ItemContent[] = []
      if (times !== undefined && (await isToBeTold(known, times))) said.push({ kind: 'answer-times', text: times.text })
      const isDue = areShown !== undefined && !(await areTold(known, free, this.#clock.now()))
      if (isDue) said.push({ kind: 'free-times', slots: free })
      if (said.length > 0) await known.conversation.append(said)
    }
  }

  /** What somebody has already is nobody else's to ask for. */
  async #freeTimes(): Promise<readonly OfferedTime[]> {
    const slots = await this.#free()
    return slots
      .filter(({ taken }) => taken.length === 0)
      .slice(0, MAX_FREE_TIMES)
      .map(({ startsAt, minutes }) => ({ startsAt, ...(minutes !== undefined && { minutes }) }))
  }

  async #read(): Promise<Readonly<WorkspaceDocument>> {
    return (await this.#slot.open?.account.logs.home.log.read<WorkspaceDocument>(WORKSPACE_SHARD)) ?? {}
  }

  async #change(change: (doc: WorkspaceDocument) => void): Saved {
    const log = this.#slot.open?.account.logs.home.log
    if (log === undefined) return fail({ kind: 'locked' })
    await log.change<WorkspaceDocument>(WORKSPACE_SHARD, change)
    const flushed = await log.flush()
    return flushed.ok ? ok(undefined) : fail({ kind: 'not-stored', why: flushed.failure })
  }
}

async function isTheirCare(known: KnownConversation): Promise<boolean> {
  return aboutOf(known, (await known.conversation.content()).about) === 'their-care'
}

/** Whether what this person said last is what is to be seen now, but for what is past. */
async function areTold(known: KnownConversation, free: readonly OfferedTime[], now: Instant): Promise<boolean> {
  const { items } = await known.conversation.content()
  const last = items.findLast(({ by, item }) => item.kind === 'free-times' && known.authorOf(by).type === 'you')?.item
  const told = last?.kind === 'free-times' ? last.slots.filter(slot => (slotTime(slot) ?? 0) > now) : []
  return JSON.stringify(told) === JSON.stringify(free)
}

/** This person said something else there, and not since. */
async function isToBeTold(
  known: KnownConversation,
  { text, since }: NonNullable<ReturnType<typeof readTimes>>,
): Promise<boolean> {
  const { items } = await known.conversation.content()
  const last = items.findLast(({ by, item }) => item.kind === 'answer-times' && known.authorOf(by).type === 'you')?.item
  if (last?.kind !== 'answer-times') return text !== ''
  return last.text !== text && last.at < since
}
