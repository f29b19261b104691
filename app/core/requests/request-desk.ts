import type { OfferedTime } from '#schema/messages/item.ts'
import type { FileId, PrincipalId } from '#schema/ids.ts'
import type { MessageFile } from '#schema/messages/file.ts'
import type { VisitorSaid } from '#schema/messages/item.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { readFields } from '#schema/record/field-reader.ts'
import type { QuestionnaireStep } from '#schema/requests/questionnaire.ts'
import type { RefillStep } from '#schema/requests/refill.ts'
import { kindOf, parseRequestId, type RequestId, requestIdOf } from '#schema/requests/request-id.ts'
import type { RequestKind } from '#schema/requests/requests.ts'
import type { StepId } from '#schema/requests/step.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Slot } from '../home/free-slots.ts'
import { FREE_SLOTS_SHARD } from '../home/home-log.ts'
import { LiveView } from '../live-view.ts'
import type { KnownConversation } from '../messages/conversation-book.ts'
import { type Conversations, kept, nameFor } from '../messages/conversations.ts'
import type { FileDesk } from '../messages/files/file-desk.ts'
import type { Clock, Ports } from '../ports.ts'
import type { DocMap } from '../record/flat-fields.ts'
import type {
  FreeSlot,
  NewStep,
  OpenRequest,
  RequestDetail,
  RequestFailure,
  RequestPlace,
  RequestRow,
  RequestSession,
  TakenTime,
} from '../request-session.ts'
import type { SaveFailure, Stop } from '../session.ts'
import { Turns } from '../turns.ts'
import { freshUnlock, type PassphraseCheck } from '../vault/fresh-unlock.ts'
import type { OpenVault, VaultSlot } from '../vault/open-vault.ts'
import { AdditionDesk } from './addition-desk.ts'
import { RequestLister } from './request-lister.ts'
import { formOf, type KnownRequest, RequestReader } from './known-request.ts'
import { nextSteps } from './next-steps.ts'
import { fetchedBy } from './refill-stock.ts'
import { nextStepId, putStep, putVisitorStep, requestLabel } from './request-document.ts'
import type { RequestView } from './state-of.ts'

/** Loaded with the first request that is shown. */
const shown = () => import('./shown-requests.ts')
const slotBook = () => import('./slot-book.ts')

type Asked<Value = void> = Promise<Result<Value, RequestFailure>>

interface RequestDeps {
  readonly ports: Pick<Ports, 'store' | 'clock'>
  readonly slot: VaultSlot
  readonly conversations: Conversations
  readonly vault: PassphraseCheck
  readonly files: Pick<FileDesk, 'named' | 'place' | 'placed'>
}

/** What patients and those who treat them ask of each other: what the session asks of it while a vault is open. */
export class RequestDesk implements RequestSession {
  readonly #vault: PassphraseCheck
  readonly #files: Pick<FileDesk, 'named' | 'place' | 'placed'>
  readonly #clock: Clock
  readonly #slot: VaultSlot
  readonly #conversations: Conversations
  readonly #reader = new RequestReader()
  readonly #lister: RequestLister
  readonly #list: LiveView<readonly RequestRow[]>
  readonly #freeSlots: LiveView<readonly FreeSlot[]>
  readonly #open = new Set<{ changed(): void }>()
  /** Each step is taken by who has seen the one before. */
  readonly #turns = new Turns()
  /** What others wrote for this person's record. */
  readonly additions: AdditionDesk

  constructor({ ports, slot, conversations, vault, files }: RequestDeps) {
    const { clock } = ports
    this.#vault = vault
    this.#files = files
    this.#clock = clock
    this.#lister = new RequestLister(ports, slot, this.#reader)
    this.#slot = slot
    this.#conversations = conversations
    this.#list = new LiveView<readonly RequestRow[]>(
      [],
      () => conversations.source,
      () => this.#readList(),
    )
    this.additions = new AdditionDesk({
      clock,
      slot,
      conversations,
      all: () => this.#all('addition'),
      acceptUnasked: ({ known, id }) =>
        this.takeStep({ conversationId: known.id, requestId: id }, { kind: 'enter', data: {} }),
    })
    slot.onOpen(({ account }) => account.logs.home.watch(FREE_SLOTS_SHARD, () => this.#freeSlots.changed()))
    this.#freeSlots = new LiveView<readonly FreeSlot[]>(
      [],
      () => conversations.source,
      () => this.freeTimes(),
    )
    conversations.onChange(() => this.#changed())
  }

  watchRequests(listener: (requests: readonly RequestRow[]) => void): Promise<Stop> {
    return this.#list.watch(listener)
  }

  async watchRequest(place: RequestPlace, listener: (request: RequestDetail | undefined) => void): Promise<Stop> {
    const view = new LiveView<RequestDetail | undefined>(
      undefined,
      () => this.#conversations.source,
      async () => {
        const found = await this.#found(place)
        if (!found.ok || found.value.view.state === undefined) return undefined
        const { requestDetail } = await shown()
        const entryId = await this.additions.entryOf(found.value)
        return requestDetail(found.value, this.#clock.now(), { entryId, clashes: await this.#clashesOf(found.value) })
      },
    )
    return this.#watchWhile(view, listener)
  }

  async openRequest({ kind, contactId, visitor, key, data }: OpenRequest): Asked<RequestPlace> {
    const id = requestIdOf(kind, nameFor('request', key, 16))
    const { machine } = await formOf(id)
    // Before anything is begun for it.
    const { withFiles } = await import('./copy-file.ts')
    const full = await withFiles(this.#files, data)
    if (full === undefined) return fail({ kind: 'file-not-held' })
    const said = await dataOf(id, machine.opens.kind, full.data)
    if (!said.ok) return said
    if (!(await this.#mayName(data['entryId']))) return fail({ kind: 'entry-not-given' })
    const about = machine.opens.by === 'patient' ? 'my-care' : 'their-care'
    const contactIds = contactId === '' ? [] : [contactId]
    const whom = { contactIds, ...(visitor === undefined ? {} : { visitor }) }
    const between = await this.#conversations.between({ ...whom, about, key })
    if (!between.ok) return between
    const place = { conversationId: between.value.id, requestId: id }
    const taken = await this.#turns.next(() =>
      this.#sayWithFiles(between.value, id, { kind: machine.opens.kind, data: full.data }, full.ids),
    )
    return taken.ok ? ok(place) : taken
  }

  async takeStep(place: RequestPlace, step: NewStep): Asked {
    return this.#turns.next(async () => {
      const found = await this.#found(place)
      if (!found.ok) return found
      const taken = await this.#take(found.value.known, found.value.id, step)
      return taken.ok ? this.#addToRecord(place) : taken
    })
  }

  watchFreeSlots(listener: (slots: readonly FreeSlot[]) => void): Promise<Stop> {
    return this.#freeSlots.watch(listener)
  }

  /** This person's own, with whoever has them. */
  async freeTimes(): Promise<readonly FreeSlot[]> {
    return (await slotBook()).freeSlots(this.#slot.open, await this.#all('appointment'), this.#clock.now())
  }

  watchShownTimes(contactId: string, listener: (slots: readonly OfferedTime[]) => void): Promise<Stop> {
    const view = new LiveView<readonly OfferedTime[]>(
      [],
      () => this.#conversations.source,
      async () => (await slotBook()).shownTimes(await this.#conversations.all(), contactId, this.#clock.now()),
    )
    return this.#watchWhile(view, listener)
  }

  async addFreeSlots(slots: readonly Slot[]): Promise<Result<void, SaveFailure>> {
    return (await slotBook()).addSlots(this.#slot.open, slots, this.#clock.now())
  }

  async removeFreeSlot(startsAt: string): Promise<Result<void, SaveFailure>> {
    return (await slotBook()).removeSlot(this.#slot.open, startsAt)
  }

  async appointmentFile(place: RequestPlace, title: string, passphrase: string) {
    const unlocked = await freshUnlock(this.#vault, passphrase)
    if (!unlocked.ok) return unlocked
    const found = await this.#found(place)
    const { timesIn } = await import('./standing.ts')
    const time = found.ok ? timesIn(found.value).time : undefined
    if (time?.isAgreed !== true) return fail({ kind: 'nothing-planned' } as const)
    const { writeAppointment } = await import('../exchange/ics/write-ics.ts')
    const text = writeAppointment({ ...time, id: place.requestId, title }, this.#clock.now())
    return ok(new Blob([text], { type: 'text/calendar' }))
  }

  /** What is private is in no request. */
  async #mayName(entryId: unknown): Promise<boolean> {
    if (typeof entryId !== 'string') return true
    const vault = this.#slot.open
    if (vault === undefined) return false
    return (await import('../messages/said-message.ts')).isGiven(vault.record, entryId as EntryId)
  }

  /** By a link: what somebody answered is taken in, in the name that they said. */
  async takeFromLink(place: RequestPlace, step: NewStep, name: string): Asked {
    return this.#turns.next(async () => {
      const found = await this.#found(place)
      if (!found.ok) return found
      return this.#take(found.value.known, found.value.id, step, { how: 'link', name })
    })
  }

  async #take(known: KnownConversation, id: RequestId, step: NewStep, by?: VisitorSaid): Asked {
    const visitor = by ?? toldBy(known, step)
    const isFile = kindOf(id) === 'copy' && step.kind === 'answer' && visitor === undefined
    return isFile ? this.#answerCopy(known, id, step) : this.#say(known, id, step, visitor)
  }

  async #answerCopy(known: KnownConversation, id: RequestId, { kind, data }: NewStep): Asked {
    const { isFileSaid, sayFile } = await import('./copy-file.ts')
    const request = await this.#reader.read(known, id)
    if (request === undefined) return fail({ kind: 'not-found' })
    if (isFileSaid(request, data['fileId'])) return ok(undefined)
    const file = await sayFile(this.#files, data['fileId'])
    if (file === undefined) return fail({ kind: 'file-not-held' })
    return this.#sayWithFiles(known, id, { kind, data: { ...data, ...file } }, [file['fileId'] as FileId])
  }

  /** Files stand beside the log before the step names them: whoever breaks off in between says it again. */
  async #sayWithFiles(known: KnownConversation, id: RequestId, step: NewStep, ids: readonly FileId[]): Asked {
    const placed = await this.#files.place(known.conversation.log.id, ids)
    if (!placed.ok) return kept(placed)
    const said = await this.#say(known, id, step)
    if (said.ok && ids.length > 0) await this.#files.placed(ids)
    return said
  }

  /** A file that a request of the conversation names. */
  async fileOf(known: KnownConversation, fileId: FileId): Promise<MessageFile | undefined> {
    const { fileIn } = await import('./copy-file.ts')
    for (const request of await this.#reader.requestsIn(known)) {
      const isWithFiles = kindOf(request.id) === 'copy' || kindOf(request.id) === 'material'
      const file = isWithFiles ? fileIn(request, fileId) : undefined
      if (file !== undefined) return file
    }
    return undefined
  }

  async #say(known: KnownConversation, id: RequestId, { kind, data: said }: NewStep, visitor?: VisitorSaid): Asked {
    const request = await this.#reader.read(known, id)
    if (request === undefined) return fail({ kind: 'not-found' })
    if (known.noReply === 'ended-by-them' || known.noReply === 'ended-by-you') return fail({ kind: 'over' })
    const data = await dataOf(id, kind, said)
    if (!data.ok) return data
    // It was sent twice: by who may have seen no answer to the first.
    if (isSaid(request, kind, data.value)) return ok(undefined)
    const { machine, view } = request
    const role = visitor === undefined ? request.role : 'provider'
    if (!nextSteps(machine, view, role).includes(kind)) return fail({ kind: 'not-now' })
    const { log } = known.conversation
    const label = requestLabel(id)
    const stepId = nextStepId(await log.read<DocMap>(label), log.actor())
    if (stepId === undefined) return fail({ kind: 'no-room' })
    const introduced = await known.conversation.introduce()
    if (!introduced.ok) return kept(introduced)
    await log.change<DocMap>(label, doc => {
      this.#put(doc, stepId, kind, view.newest, data.value)
      if (visitor !== undefined) putVisitorStep(doc, stepId, visitor)
    })
    return kept(await log.flush())
  }

  #put(doc: DocMap, id: StepId, kind: string, after: readonly StepId[], data: object): void {
    putStep(doc, id, { kind, claimedAt: this.#clock.now(), after, data })
  }

  /** What the step that was taken adds to the record, once: the entry is named by the request, on every device and however often it is asked. */
  async #addToRecord(place: RequestPlace): Asked {
    const [found, vault] = [await this.#found(place), this.#slot.open]
    if (!found.ok || vault === undefined) return fail({ kind: 'locked' })
    const { id, role, view } = found.value
    if (kindOf(id) === 'addition') {
      const added = await this.additions.add(found.value)
      this.#changed()
      return added.ok ? added : fail({ kind: 'not-added', why: added.failure })
    }
    if (role !== 'patient') return ok(undefined)
    if (kindOf(id) === 'questionnaire') return this.#keepAnswers(vault, found.value)
    if (kindOf(id) !== 'refill') return ok(undefined)
    const fields = fetchedBy(view as unknown as Pick<RequestView<string, RefillStep>, 'counted'>)
    if (fields === undefined) return ok(undefined)
    const added = await vault.record.addEntry(fields, { command: { id: `request/${id}`, isAgain: true } })
    return added.ok ? ok(undefined) : fail({ kind: 'stock', why: added.failure })
  }

  /** What was answered also stands in the record of whoever answered, once. */
  async #keepAnswers({ record }: OpenVault, { id, view }: KnownRequest): Asked {
    const { answersGiven } = await import('./kept-answers.ts')
    const given = answersGiven(view as unknown as Pick<RequestView<string, QuestionnaireStep>, 'counted'>)
    if (given === undefined) return ok(undefined)
    const command = { id: `request/${id}/${given.stepId}`, isAgain: true }
    const added = await record.addEntry(given.fields, { command })
    return added.ok ? ok(undefined) : fail({ kind: 'answers-not-kept', why: added.failure })
  }

  async #watchWhile<Value>(view: LiveView<Value>, listener: (value: Value) => void): Promise<Stop> {
    this.#open.add(view)
    const stop = await view.watch(listener)
    return () => {
      this.#open.delete(view)
      stop()
    }
  }

  #changed(): void {
    this.#list.changed()
    this.#freeSlots.changed()
    for (const view of this.#open) view.changed()
  }

  async #found({ conversationId, requestId }: RequestPlace) {
    const id = parseRequestId(requestId)
    const known = await this.#conversations.known(conversationId)
    const request = known && id && (await this.#reader.read(known, id))
    return request === undefined ? fail({ kind: 'not-found' } as const) : ok(request)
  }

  async #all(kind: RequestKind): Promise<readonly KnownRequest[]> {
    const found: KnownRequest[] = []
    for (const known of await this.#conversations.all()) found.push(...(await this.#reader.requestsIn(known, kind)))
    return found
  }

  /** Only a time can be given twice, and only by who treats others. */
  async #clashesOf(request: KnownRequest): Promise<readonly TakenTime[]> {
    if (kindOf(request.id) !== 'appointment' || request.role !== 'provider') return []
    return (await slotBook()).clashesOf(request, await this.#all('appointment'))
  }

  async #readList(): Promise<readonly RequestRow[]> {
    return this.#lister.list(await this.#conversations.all())
  }
}

function toldBy({ visitor: name }: KnownConversation, { isTheirs }: NewStep): VisitorSaid | undefined {
  return name === undefined || isTheirs !== true ? undefined : { how: 'told', name }
}

async function dataOf(id: RequestId, kind: string, said: NewStep['data']): Asked<object> {
  const { readers } = await formOf(id)
  const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined
  if (read === undefined) return fail({ kind: 'not-now' })
  const data = readFields(said, read)
  return data.ok ? data : fail({ kind: 'invalid', field: data.failure.field })
}

/** The newest thing that this person did in it. */
function isSaid({ known, view }: KnownRequest, kind: string, data: object): boolean {
  const isMine = (author: PrincipalId) => known.authorOf(author).type === 'you'
  const last = view.history.findLast(({ step }) => isMine(step.author))?.step
  const isNewest = last !== undefined && view.newest.includes(last.id)
  return isNewest && last.kind === kind && JSON.stringify(last.data) === JSON.stringify(data)
}
